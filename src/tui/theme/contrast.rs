//! Contrast of two colours, for tests.

/// Linear light of an sRGB colour (WCAG 2.2, relative luminance).
pub(crate) fn linear(color: [u8; 3]) -> [f64; 3] {
    color.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

/// The sum of the products.
pub(crate) fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Contrast of linear colours, from 1 to 21 (WCAG 2.2, contrast ratio).
pub(crate) fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |color| dot([0.2126, 0.7152, 0.0722], color);
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
