//! All ideas of a workspace, and the edits that apply to them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::setting::set_setting;
use super::{
    Change, DuelLog, Edit, EditError, Field, Idea, Rater, RaterAnswers, Reaction, SettingValues,
    is_file_name,
};

/// All ideas of a workspace, in file order, each reachable by its id and by its
/// aliases, with what other people said about them and the duels between them.
///
/// A copy is cheap, because all parts are shared: after an edit of one of ten
/// thousand ideas the two portfolios differ in one.
#[derive(Clone, Debug, Default)]
pub struct Portfolio {
    ideas: Vec<Arc<Idea>>,
    index: Arc<HashMap<String, usize>>,
    raters: Arc<Vec<Rater>>,
    duels: Arc<DuelLog>,
    settings: SettingValues,
    /// Ids of ideas that stand in the files and cannot be read.
    reserved: Arc<HashSet<String>>,
}

/// Equal when ideas, raters, duels and settings are equal; the index follows
/// from them.
impl PartialEq for Portfolio {
    fn eq(&self, other: &Self) -> bool {
        (&self.ideas, &self.raters, &self.duels, &self.settings)
            == (&other.ideas, &other.raters, &other.duels, &other.settings)
    }
}

impl Portfolio {
    /// A portfolio of these ideas. Where an id occurs twice, the first idea has
    /// it; a store reports and leaves out the others.
    #[must_use]
    pub fn new(ideas: Vec<Idea>, raters: Vec<Rater>) -> Self {
        Self::of_shared(ideas.into_iter().map(Arc::new).collect(), raters)
    }

    /// As [`Self::new`], of ideas that stay where they are.
    #[must_use]
    pub fn of_shared(ideas: Vec<Arc<Idea>>, mut raters: Vec<Rater>) -> Self {
        raters.retain(|rater| !rater.is_silent());
        let mut portfolio = Self { ideas, raters: Arc::new(raters), ..Self::default() };
        portfolio.reindex();
        portfolio
    }

    /// The same portfolio, in which no new idea gets one of these ids: they
    /// belong to ideas that cannot be read at present.
    #[must_use]
    pub fn reserving(self, ids: impl IntoIterator<Item = String>) -> Self {
        Self { reserved: Arc::new(ids.into_iter().collect()), ..self }
    }

    /// The same portfolio with these duels.
    #[must_use]
    pub fn with_duels(self, duels: DuelLog) -> Self {
        Self { duels: Arc::new(duels), ..self }
    }

    /// The same portfolio in a workspace that sets these values.
    #[must_use]
    pub fn with_settings(self, settings: SettingValues) -> Self {
        Self { settings, ..self }
    }

    /// The ideas, in file order.
    #[must_use]
    pub fn ideas(&self) -> &[Arc<Idea>] {
        &self.ideas
    }

    /// The ideas, in file order, as plain references.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Idea> + ExactSizeIterator + Clone {
        self.ideas.iter().map(AsRef::as_ref)
    }

    /// The idea at a position of [`Portfolio::ideas`].
    #[must_use]
    pub fn at(&self, position: usize) -> Option<&Idea> {
        self.ideas.get(position).map(AsRef::as_ref)
    }

    /// What other people said, by name; who said nothing is none of them.
    #[must_use]
    pub fn raters(&self) -> &[Rater] {
        &self.raters
    }

    /// The duels, with what was taken back.
    #[must_use]
    pub fn duels(&self) -> &DuelLog {
        &self.duels
    }

    /// What the workspace itself sets; all else follows from the layers below.
    #[must_use]
    pub fn settings(&self) -> &SettingValues {
        &self.settings
    }

    /// The idea with this id or alias.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Idea> {
        self.position(id).map(|position| self.ideas[position].as_ref())
    }

    /// Where the idea with this id or alias stands in [`Portfolio::ideas`].
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// Whether an id or alias belongs to an idea, one that cannot be read
    /// included.
    #[must_use]
    pub fn is_taken(&self, id: &str) -> bool {
        self.index.contains_key(id) || self.reserved.contains(id)
    }

    /// Applies an edit and returns the edit that takes it back.
    ///
    /// # Errors
    /// An idea, an entry or an id is not as the edit needs it, or a value is
    /// off its scale. The portfolio is then unchanged.
    pub fn apply(&mut self, edit: &Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Change { id, change } => self.apply_change(id, change),
            Edit::Add { idea, before } => self.add(idea, before.as_deref()),
            Edit::Remove { id } => self.remove(id),
            Edit::Duel(entry) => Arc::make_mut(&mut self.duels).append(entry).map(Edit::Duel),
            Edit::AddRaterAnswers { person, answers } => self.add_rater_answers(person, answers),
            Edit::RemoveRaterAnswers { person, id } => self.remove_rater_answers(person, id),
            Edit::Reaction { person, id, reaction } => self.set_reaction(person, id, reaction),
            Edit::Setting { name, value } => {
                let value = set_setting(&mut self.settings, name, value.as_ref())?;
                Ok(Edit::Setting { name: name.clone(), value })
            }
            Edit::Group(edits) => self.apply_group(edits),
        }
    }

    fn apply_group(&mut self, edits: &[Edit]) -> Result<Edit, EditError> {
        let mut inverses = Vec::with_capacity(edits.len());
        let duels = self.duels.entries.len();
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    for inverse in inverses.iter().rev() {
                        self.apply(inverse)?;
                    }
                    // Taking an entry back adds another one.
                    Arc::make_mut(&mut self.duels).entries.truncate(duels);
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(Edit::Group(inverses))
    }

    fn apply_change(&mut self, id: &str, change: &Change) -> Result<Edit, EditError> {
        let position = self.position(id).ok_or_else(|| no_such_idea(id))?;
        if let Change::Set { field: Field::Id, value: Some(new) } = change {
            let new = new.to_string();
            if self.position(&new).is_some_and(|taken| taken != position) {
                return Err(EditError::IdTaken { id: new });
            }
        }
        let inverse = Arc::make_mut(&mut self.ideas[position]).change(change)?;
        if matches!(change, Change::Set { field: Field::Id | Field::Aliases, .. }) {
            self.reindex();
        }
        Ok(Edit::Change { id: self.ideas[position].id.clone(), change: inverse })
    }

    fn add_rater_answers(
        &mut self,
        person: &str,
        answers: &RaterAnswers,
    ) -> Result<Edit, EditError> {
        if !is_file_name(person) {
            return Err(EditError::NotAName { name: person.to_owned() });
        }
        let idea = self.get(&answers.id).ok_or_else(|| no_such_idea(&answers.id))?;
        let (id, names) = (idea.id.clone(), [vec![idea.id.clone()], idea.aliases.clone()].concat());
        let raters = Arc::make_mut(&mut self.raters);
        let at = raters.iter().position(|rater| rater.name == person);
        let ratings = at.map(|at| &mut raters[at].ratings);
        if ratings.as_ref().is_some_and(|known| names.iter().any(|id| known.contains_key(id))) {
            return Err(EditError::AnsweredAlready { person: person.to_owned(), id });
        }
        if let Some(ratings) = ratings {
            ratings.insert(id.clone(), answers.ratings);
        } else {
            let ratings = HashMap::from([(id.clone(), answers.ratings)]);
            raters.push(Rater { ratings, ..Rater::new(person) });
            raters.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Ok(Edit::RemoveRaterAnswers { person: person.to_owned(), id })
    }

    fn remove_rater_answers(&mut self, person: &str, id: &str) -> Result<Edit, EditError> {
        let missing = || EditError::NotAnswered { person: person.to_owned(), id: id.to_owned() };
        let raters = Arc::make_mut(&mut self.raters);
        let rater = raters.iter_mut().find(|rater| rater.name == person).ok_or_else(missing)?;
        let ratings = rater.ratings.remove(id).ok_or_else(missing)?;
        raters.retain(|rater| !rater.is_silent());
        let answers = Box::new(RaterAnswers::new(id, ratings));
        Ok(Edit::AddRaterAnswers { person: person.to_owned(), answers })
    }

    fn set_reaction(
        &mut self,
        person: &str,
        id: &str,
        reaction: &Reaction,
    ) -> Result<Edit, EditError> {
        if !is_file_name(person) {
            return Err(EditError::NotAName { name: person.to_owned() });
        }
        let position = self.position(id).ok_or_else(|| no_such_idea(id))?;
        let idea = &self.ideas[position];
        let raters = Arc::make_mut(&mut self.raters);
        let at = raters.iter().position(|rater| rater.name == person).unwrap_or_else(|| {
            raters.push(Rater::new(person));
            raters.len() - 1
        });
        let key = raters[at].reaction_key(idea);
        let before = raters[at].reactions.get(key).cloned().unwrap_or_default();
        raters[at].set_reaction(key, reaction);
        raters.retain(|rater| !rater.is_silent());
        raters.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Edit::Reaction { person: person.to_owned(), id: idea.id.clone(), reaction: before })
    }

    fn add(&mut self, idea: &Idea, before: Option<&str>) -> Result<Edit, EditError> {
        for (field, text) in [(Field::Id, &idea.id), (Field::Title, &idea.title)] {
            if text.is_empty() {
                return Err(EditError::Required { field });
            }
        }
        // Ids win over aliases in the index.
        if self.position(&idea.id).is_some_and(|position| self.ideas[position].id == idea.id) {
            return Err(EditError::IdTaken { id: idea.id.clone() });
        }
        let end = self.ideas.len();
        let position = before.and_then(|id| self.position(id)).unwrap_or(end);
        self.ideas.insert(position, Arc::new(idea.clone()));
        if position == end {
            self.index_last();
        } else {
            self.reindex();
        }
        Ok(Edit::Remove { id: idea.id.clone() })
    }

    fn remove(&mut self, id: &str) -> Result<Edit, EditError> {
        let position = self.position(id).ok_or_else(|| no_such_idea(id))?;
        let idea = self.ideas.remove(position);
        let is_other = |other: &Arc<Idea>| other.aliases.contains(&idea.id);
        if position == self.ideas.len()
            && idea.aliases.is_empty()
            && !self.ideas.iter().any(is_other)
        {
            Arc::make_mut(&mut self.index).remove(&idea.id);
        } else {
            self.reindex();
        }
        let before = self.ideas.get(position).map(|next| next.id.clone());
        Ok(Edit::Add { idea: Box::new(Arc::unwrap_or_clone(idea)), before })
    }

    /// Enters the last idea into an index of all others.
    fn index_last(&mut self) {
        let Some((position, idea)) = self.ideas.iter().enumerate().next_back() else { return };
        let index = Arc::make_mut(&mut self.index);
        index.insert(idea.id.clone(), position);
        for alias in &idea.aliases {
            index.entry(alias.clone()).or_insert(position);
        }
    }

    /// Ids win over aliases, earlier ideas over later ones.
    fn reindex(&mut self) {
        let mut index = HashMap::with_capacity(self.ideas.len());
        for (position, idea) in self.ideas.iter().enumerate() {
            index.entry(idea.id.clone()).or_insert(position);
        }
        for (position, idea) in self.ideas.iter().enumerate() {
            for alias in &idea.aliases {
                index.entry(alias.clone()).or_insert(position);
            }
        }
        self.index = Arc::new(index);
    }
}

fn no_such_idea(id: &str) -> EditError {
    EditError::NoSuchIdea { id: id.to_owned() }
}

/// The letters (of any script) and digits of a title, in lower case, with `-`
/// for what stands between them; `idea` for a title without any.
///
/// ```
/// use prospect_core::domain::slug;
/// assert_eq!(slug("Größere Modelle: 2. Versuch!"), "größere-modelle-2-versuch");
/// assert_eq!(slug("…"), "idea");
/// ```
#[must_use]
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && c != '\'' && c != '’' {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "idea".to_owned() } else { slug }
}

/// `slug`, or `slug-2`, `slug-3`, …: the first that is not taken.
#[must_use]
pub fn unique(slug: String, taken: impl Fn(&str) -> bool) -> String {
    if !taken(&slug) {
        return slug;
    }
    (2_u64..).map(|n| format!("{slug}-{n}")).find(|id| !taken(id)).unwrap_or(slug)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Rating;
    use crate::domain::{Criterion, Entry, Status, Value};
    use jiff::civil::date;

    fn two() -> Portfolio {
        Portfolio::new(vec![Idea::new("a", "A"), Idea::new("b", "B")], Vec::new())
    }

    #[test]
    fn an_inverse_takes_its_edit_back() {
        let rating = Value::Rating(Rating::value(7.0));
        let start = two();
        let edits = [
            Edit::set("a", Field::Rating(Criterion::Headroom), Some(rating)),
            Edit::decide(&start.ideas[0], Status::Active, date(2026, 1, 2), "cheap to try"),
            Edit::rename(&start.ideas[0], "c"),
            Edit::Remove { id: "a".into() },
            Edit::Remove { id: "b".into() },
            Edit::Add { idea: Box::new(Idea::new("c", "C")), before: Some("b".into()) },
        ];
        for edit in edits {
            let mut portfolio = start.clone();
            let inverse = portfolio.apply(&edit).unwrap();
            assert_ne!(portfolio, start);
            let again = portfolio.apply(&inverse).unwrap();
            assert_eq!(portfolio, start);
            portfolio.apply(&again).unwrap();
            assert_ne!(portfolio, start);
        }
    }

    #[test]
    fn a_group_that_fails_changes_nothing() {
        let mut portfolio = two();
        let before = portfolio.clone();
        let group = Edit::Group(vec![
            Edit::set("a", Field::Title, Some(Value::Text("new".into()))),
            Edit::set("nobody", Field::Title, Some(Value::Text("new".into()))),
        ]);
        assert_eq!(portfolio.apply(&group), Err(no_such_idea("nobody")));
        assert_eq!(portfolio, before);
    }

    #[test]
    fn a_copy_shares_every_idea_that_is_not_changed() {
        let before = two();
        let mut after = before.clone();
        after.apply(&Edit::set("a", Field::Title, Some(Value::Text("new".into())))).unwrap();
        let shared = |at: usize| Arc::ptr_eq(&before.ideas()[at], &after.ideas()[at]);
        assert_eq!([shared(0), shared(1)], [false, true]);
        assert_eq!(
            (before.ideas()[0].title.as_str(), after.ideas()[0].title.as_str()),
            ("A", "new")
        );
    }

    #[test]
    fn a_renamed_idea_is_found_under_its_old_id() {
        let mut portfolio = two();
        let rename = Edit::rename(&portfolio.ideas[0], "c");
        portfolio.apply(&rename).unwrap();
        assert_eq!(portfolio.get("a").map(|idea| idea.id.as_str()), Some("c"));
        let taken = Edit::set("c", Field::Id, Some(Value::Text("b".into())));
        assert_eq!(portfolio.apply(&taken), Err(EditError::IdTaken { id: "b".into() }));
    }

    #[test]
    fn an_entry_off_its_scale_is_refused() {
        let mut portfolio = two();
        let entry = crate::domain::LogEntry {
            date: date(2026, 1, 1),
            hours: Some(-1.0),
            traction: None,
            note: String::new(),
            recalled: false,
            output: None,
        };
        let edit = Edit::append(&portfolio.ideas[0], Entry::Log(entry));
        assert!(portfolio.apply(&edit).is_err());
    }

    #[test]
    fn slugs_are_made_unique_in_order() {
        let portfolio = Portfolio::new(
            vec![Idea::new("same", "Same"), Idea::new("same-2", "Same")],
            Vec::new(),
        );
        assert_eq!(portfolio.free_id("Same!"), "same-3");
        let portfolio = portfolio.reserving(["same-3".to_owned()]);
        assert_eq!(portfolio.free_id("Same!"), "same-4");
        assert_eq!(portfolio.free_id("日本 の アイデア"), "日本-の-アイデア");
    }
}
