//! The vendor, and the way there and back.

use message_desk::domain::job::engine::Discipline;
use message_desk::domain::job::event::{Answer, Event};
use message_desk::domain::job::item::Cause;
use message_desk::domain::job::retry::{Class, Twice};

use super::{Happening, Objection, Page, World};

impl<D: Discipline> World<D> {
    /// A request leaves: what will happen to it is decided now.
    pub(super) fn send(&mut self, page: Page, attempt: u32, items: Vec<u32>) -> Objection {
        if !self.has_way(page) {
            self.seen.turned_away += 1;
            let answer = Answer::All(Class::Credentials, Cause(Class::Credentials as u16));
            self.queue(
                1,
                Happening::Hear(page, Event::Answered { attempt, answer, retry_after: None, dice: 0 }),
            );
            return Ok(());
        }
        self.seen.departures += 1;
        let job = &mut self.jobs[page.job];
        let request = job.witness.leaves(self.time, &items)?;
        self.connections[job.connection].departures.leaves(self.time, items.len() as u32)?;
        job.unheard.insert((page, attempt), (request, items.clone()));
        let way = self.chance.between(1, 60);
        let back = self.chance.between(1, 60);
        let time_out = self.chance.of(&[(1, 100), (1, 900), (1, 3_000)]);
        let all = |class| Answer::All(class, Cause(class as u16));
        let kind = if self.calm { 0 } else { self.chance.between(0, 99) };
        let mut retry_after = None;
        let (done, answer, delay) = match kind {
            0..=49 => {
                let parts = self.judge(page.job, &items);
                let done = done_of(&parts);
                let same = parts.iter().all(|(_, class, _)| *class == Class::Accepted);
                let answer = if same { all(Class::Accepted) } else { Answer::Each(parts) };
                (done, answer, way + back)
            }
            // Cut before the effect, cut after it, a server that fails after it.
            50..=57 => (Vec::new(), all(Class::Unclear), time_out),
            58..=65 => (done_of(&self.judge(page.job, &items)), all(Class::Unclear), time_out),
            66..=69 => {
                let class = self.chance.of(&[(3, Class::Unclear), (1, Class::Led)]);
                (done_of(&self.judge(page.job, &items)), all(class), way + back)
            }
            70..=77 => {
                self.seen.limited += 1;
                retry_after = self.chance.of(&[(1, None), (1, Some(200)), (1, Some(2_500))]);
                (Vec::new(), all(Class::Limited), way + back)
            }
            78..=81 => (Vec::new(), all(Class::NotArrived), back),
            82..=85 => {
                let class = self.chance.of(&[
                    (3, Class::Credentials),
                    (1, Class::Offline),
                    (1, Class::Blocked),
                    (1, Class::SignIn),
                    (1, Class::Quota),
                    (1, Class::Unsendable),
                ]);
                (Vec::new(), all(class), back)
            }
            _ => {
                let (done, parts) = self.in_part(page.job, &items);
                (done, Answer::Each(parts), way + back)
            }
        };
        self.seen.lost_replies += u64::from((50..=69).contains(&kind));
        // What is done is done when it arrives; an answer never comes before that, but a time-out may.
        self.queue(way, Happening::Vendor { job: page.job, request, done });
        let answered = |answer, dice| Event::Answered { attempt, answer, retry_after, dice };
        let dice = self.chance.dice();
        self.queue(delay, Happening::Hear(page, answered(answer.clone(), dice)));
        if !self.calm && self.chance.percent(10) {
            self.seen.duplicates += 1;
            let other = self.chance.of(&[(2, None), (1, Some(Class::Accepted)), (1, Some(Class::Limited))]);
            let late = delay + self.chance.between(1, 2_000);
            self.queue(late, Happening::Hear(page, answered(other.map_or(answer, all), dice)));
        }
        Ok(())
    }

    /// What the vendor says of each item when nothing goes wrong.
    fn judge(&self, job: usize, items: &[u32]) -> Vec<(u32, Class, Cause)> {
        let job = &self.jobs[job];
        let class = |item: u32| match () {
            () if job.bad[item as usize] => Class::Refused,
            () if job.witness.was_done(item) && job.settings.twice == Twice::Same => Class::AlreadyDone,
            () => Class::Accepted,
        };
        items.iter().map(|item| (*item, class(*item), Cause(1))).collect()
    }

    /// An answer that says something else of each item, or nothing, or two things.
    fn in_part(&mut self, job: usize, items: &[u32]) -> (Vec<u32>, Vec<(u32, Class, Cause)>) {
        let (mut done, mut parts) = (Vec::new(), Vec::new());
        for (item, class, cause) in self.judge(job, items) {
            match self.chance.between(0, 9) {
                0 => parts.push((item, Class::Limited, cause)),
                1 => parts.push((item, Class::Unclear, cause)),
                2 => {
                    done.extend((class == Class::Accepted).then_some(item));
                    parts.push((item, Class::Accepted, cause));
                    parts.push((item, Class::Refused, cause));
                }
                // Done, and not a word.
                3 => done.extend((class == Class::Accepted).then_some(item)),
                4 => {}
                _ => {
                    done.extend((class == Class::Accepted).then_some(item));
                    parts.push((item, class, cause));
                }
            }
        }
        // Words about an item nobody asked for.
        parts.push((u32::MAX, Class::Accepted, Cause(2)));
        (done, parts)
    }
}

fn done_of(parts: &[(u32, Class, Cause)]) -> Vec<u32> {
    parts.iter().filter(|(_, class, _)| *class == Class::Accepted).map(|(item, ..)| *item).collect()
}
