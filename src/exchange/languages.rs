//! Names of columns and units of time in languages other than English.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::fold;

/// The English name of a column, and what it is called in German, French, Spanish,
/// Italian, Portuguese, Dutch, Swedish, Polish, Russian, Chinese, Japanese, Korean.
const NAMES: &[(&str, &str)] = &[
    (
        "title",
        "Titel, Überschrift, Bezeichnung, Titre, Intitulé, Título, Titolo, Rubrik, Tytuł, Название, \
         Заголовок, 标题, 標題, 名称, 名稱, 题目, 題目, タイトル, 件名, 題名, 제목",
    ),
    ("name", "Nom, Nombre, Nome, Naam, Namn, Nazwa, Наименование, 名字, 名前, 이름"),
    ("idea", "Idee, Idée, Ideia, Idé, Pomysł, Идея, 想法, 创意, アイデア, アイディア, 아이디어"),
    (
        "topic",
        "Thema, Sujet, Tema, Argomento, Onderwerp, Ämne, Temat, Тема, 主题, 主題, テーマ, 주제",
    ),
    ("subject", "Betreff, Objet, Asunto, Oggetto, Assunto"),
    (
        "task",
        "Aufgabe, Tâche, Tarea, Tarefa, Taak, Uppgift, Zadanie, Задача, 任务, 任務, タスク, 작업",
    ),
    ("question", "Frage, Forschungsfrage, Pregunta, Domanda, Pergunta, Vraag, Вопрос, 问题, 質問"),
    (
        "project",
        "Projekt, Projet, Proyecto, Progetto, Projeto, Проект, 项目, 專案, プロジェクト, 프로젝트",
    ),
    (
        "summary",
        "Zusammenfassung, Kurzfassung, Résumé, Resumen, Riassunto, Sommario, Resumo, Samenvatting, \
         Sammanfattning, Podsumowanie, Резюме, Аннотация, 摘要, 概要, 要約, 요약",
    ),
    (
        "description",
        "Beschreibung, Descriptif, Descripción, Descrizione, Descrição, Beschrijving, Omschrijving, \
         Beskrivning, Opis, Описание, 描述, 说明, 說明, 説明, 설명",
    ),
    ("text", "Texte, Texto, Testo, Tekst, Текст, 正文, 本文, 본문"),
    (
        "content",
        "Inhalt, Contenu, Contenido, Contenuto, Conteúdo, Inhoud, Содержание, 内容, 內容, 내용",
    ),
    (
        "notes",
        "Notiz, Notizen, Bemerkung, Bemerkungen, Anmerkung, Anmerkungen, Kommentar, Kommentare, \
         Remarque, Remarques, Commentaire, Commentaires, Nota, Notas, Observaciones, Comentario, \
         Comentarios, Osservazioni, Commento, Commenti, Observações, Comentário, Comentários, \
         Notities, Opmerking, Opmerkingen, Anteckningar, Notatki, Uwagi, Заметки, Комментарий, \
         Комментарии, Примечание, Примечания, 备注, 備註, 備考, メモ, コメント, 메모, 비고",
    ),
    (
        "tags",
        "Schlagwort, Schlagwörter, Schlagworte, Stichwort, Stichwörter, Stichworte, Mot-clé, \
         Mots-clés, Étiquette, Étiquettes, Etiqueta, Etiquetas, Palabras clave, Etichetta, \
         Etichette, Parole chiave, Palavras-chave, Trefwoord, Trefwoorden, Taggar, Nyckelord, \
         Etykiety, Słowa kluczowe, Тег, Теги, Метки, Ключевые слова, 标签, 標籤, 关键词, 关键字, \
         關鍵字, タグ, ラベル, キーワード, 태그, 키워드",
    ),
    (
        "category",
        "Kategorie, Kategorien, Catégorie, Catégories, Categoría, Categorías, Categoria, Categorie, \
         Categorias, Kategori, Kategoria, Категория, Категории, 分类, 分類, 类别, カテゴリ, \
         カテゴリー, 카테고리",
    ),
    (
        "area",
        "Bereich, Fachgebiet, Domaine, Área, Ambito, Gebied, Område, Obszar, Область, 领域, 分野, 분야",
    ),
    (
        "status",
        "Statut, Estado, Stato, Situação, État, Zustand, Stand, Статус, Состояние, 状态, 狀態, \
         状態, ステータス, 상태",
    ),
    ("stage", "Phase, Etapa, Étape, Fase, Fas, Etap, Этап, Стадия, 阶段, 階段, 段階, 단계"),
    (
        "created",
        "Erstellt, Erstellt am, Angelegt, Angelegt am, Erstellungsdatum, Créé, Créé le, Date de \
         création, Date d'ajout, Fecha de creación, Creado, Creado el, Creato, Creato il, Data di \
         creazione, Criado, Criado em, Data de criação, Aangemaakt, Aangemaakt op, Skapad, \
         Utworzono, Data utworzenia, Создано, Создан, Дата создания, 创建时间, 创建日期, 建立時間, \
         建立日期, 作成日, 作成日時, 登録日, 생성일, 작성일",
    ),
    ("date", "Datum, Fecha, Data, Дата, 日期, 日付, 날짜"),
    ("day", "Jour, Día, Giorno, Dia, Dag, Dzień, День"),
    (
        "timestamp",
        "Zeitstempel, Horodateur, Horodatage, Marca temporal, Informazioni cronologiche, Carimbo de \
         data/hora, Tijdstempel, Отметка времени, 时间戳, 時間戳記, タイムスタンプ, 타임스탬프",
    ),
    (
        "links",
        "Verweis, Verweise, Webseite, Lien, Liens, Enlace, Enlaces, Collegamento, Collegamenti, \
         Ligação, Ligações, Länk, Länkar, Łącze, Ссылка, Ссылки, 链接, 連結, リンク, 링크",
    ),
    (
        "people",
        "Personen, Beteiligte, Personnes, Personas, Persone, Pessoas, Mensen, Osoby, Люди, Участники, \
         人员, 成员, メンバー, 참여자",
    ),
    (
        "assignee",
        "Verantwortlich, Verantwortliche, Verantwortlicher, Zuständig, Bearbeiter, Responsable, \
         Assigné, Assigné à, Asignado, Asignado a, Responsabile, Assegnato a, Responsável, Atribuído \
         a, Verantwoordelijke, Toegewezen aan, Ansvarig, Odpowiedzialny, Ответственный, Исполнитель, \
         负责人, 負責人, 担当者, 담당자",
    ),
    (
        "author",
        "Von, Autor, Autorin, Verfasser, Auteur, Autore, Autora, Författare, Автор, 作者, 著者, 작성자",
    ),
    (
        "yourname",
        "Ihr Name, Dein Name, Votre nom, Su nombre, Tu nombre, Il tuo nome, Seu nome, Uw naam, \
         Jouw naam, Ваше имя, 姓名, お名前, 氏名, 성명",
    ),
    (
        "emailaddress",
        "E-Mail-Adresse, Adresse e-mail, Adresse électronique, Courriel, Correo electrónico, \
         Dirección de correo electrónico, Indirizzo email, Endereço de e-mail, E-mailadres, \
         E-postadress, Adres e-mail, Адрес электронной почты, Электронная почта, 电子邮件, \
         電子郵件, メールアドレス, 이메일, 이메일 주소",
    ),
    (
        "hours",
        "Stunden, Std, Heures, Horas, Ore, Uren, Timmar, Godziny, Часы, 小时, 小時, 時間, 시간",
    ),
    (
        "duration",
        "Dauer, Durée, Duración, Durata, Duração, Duur, Czas trwania, Длительность, 时长, 所要時間",
    ),
    (
        "timespent",
        "Zeitaufwand, Aufwand, Temps passé, Tiempo dedicado, Tempo impiegato, Tempo gasto, Tijdsbesteding",
    ),
    ("number", "Nummer, Numéro, Número, Numero, Numer, Номер, 编号, 編號, 番号, 번호"),
];

/// The English name of a column that is called so in another language;
/// `name` as [`plain`] leaves it.
pub(super) fn english(name: &str) -> Option<&'static str> {
    static ENGLISH: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let of = |(english, names): &(&'static str, &str)| {
            let english = *english;
            let names = names.split(',').map(plain).collect::<Vec<_>>();
            names.into_iter().map(move |name| (name, english))
        };
        NAMES.iter().flat_map(of).collect()
    });
    ENGLISH.get(name).copied()
}

/// Letters without accents, digits, points and `_`, in lower case.
pub(super) fn plain(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '_')).collect()
}

/// Units as [`fold`] leaves them, by the English one.
const UNITS: [(&str, &[&str]); 2] = [
    (
        "h",
        &[
            "std",
            "stunde",
            "stunden",
            "heure",
            "heures",
            "hora",
            "horas",
            "ora",
            "ore",
            "uur",
            "uren",
            "timme",
            "timmar",
            "tim",
            "godz",
            "godzina",
            "godziny",
            "ч",
            "час",
            "часа",
            "часов",
            "小时",
            "小時",
            "時間",
            "시간",
        ],
    ),
    (
        "min",
        &[
            "minuten",
            "minuto",
            "minutos",
            "minuti",
            "minut",
            "minuter",
            "мин",
            "минут",
            "минуты",
            "分钟",
            "分鐘",
            "分",
            "분",
        ],
    ),
];

/// `2 h 30 min` for `2 Std. 30 Minuten`.
pub(super) fn in_english(text: &str) -> String {
    let text = [("½", ".5"), ("¼", ".25"), ("¾", ".75")]
        .iter()
        .fold(text.to_owned(), |text, (sign, number)| text.replace(sign, number));
    let folded = fold(&text).replace(". ", " ");
    let mut text = String::new();
    let mut word = String::new();
    for c in folded.trim_end_matches('.').chars().chain([' ']) {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        let known = UNITS.iter().find(|(_, words)| words.contains(&word.as_str()));
        text.push_str(known.map_or(word.as_str(), |(unit, _)| unit));
        word.clear();
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hours_from_text;
    use crate::exchange::column_names::is_known;

    #[test]
    fn a_name_means_one_thing_and_its_english_name_is_known() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (english, names) in NAMES {
            assert!(is_known(english) || *english == "day", "{english}");
            for name in names.split(',') {
                let other = *seen.entry(plain(name)).or_insert(english);
                assert_eq!(other, *english, "{name}");
            }
        }
        assert_eq!(english(&plain("Mots-clés")), Some("tags"));
        assert_eq!(english(&plain("DATE DE CRÉATION")), Some("created"));
    }

    #[test]
    fn hours_are_read_in_several_languages() {
        for (text, hours) in [
            ("2 Std. 30 Minuten", 2.5),
            ("1,5 Stunden", 1.5),
            ("3 heures", 3.0),
            ("90 minutos", 1.5),
            ("2小时30分钟", 2.5),
            ("1 ч", 1.0),
            ("3½ h", 3.5),
            ("½", 0.5),
        ] {
            assert_eq!(hours_from_text(&in_english(text)), Some(hours), "{text}");
        }
        assert_eq!(hours_from_text(&in_english("3 Wochen")), None);
    }
}
