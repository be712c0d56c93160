//! What was seen, so that a run proves that it went through it.

/// How often each thing happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub crashes: u64,
    pub takeovers: u64,
    pub lost_replies: u64,
    pub duplicates: u64,
    pub limited: u64,
    pub jumps: u64,
    pub freezes: u64,
    pub failed_writes: u64,
    pub refused_writes: u64,
    pub unknown: u64,
    pub withdrawn: u64,
    pub braked: u64,
    pub reruns: u64,
    pub sent_again: u64,
    pub finished: u64,
    pub stopped: u64,
    pub looks: u64,
    pub found: u64,
    pub handed_over: u64,
    pub departures: u64,
    pub went_on: u64,
    pub together: u64,
    pub busy: u64,
    pub passed_on: u64,
    pub turned_away: u64,
    pub adjusted: u64,
}

impl Seen {
    pub fn parts(&mut self) -> [(&'static str, &mut u64); 26] {
        [
            ("crashes", &mut self.crashes),
            ("takeovers", &mut self.takeovers),
            ("lost replies", &mut self.lost_replies),
            ("duplicate answers", &mut self.duplicates),
            ("rate limits", &mut self.limited),
            ("clock jumps", &mut self.jumps),
            ("freezes", &mut self.freezes),
            ("failed writes", &mut self.failed_writes),
            ("refused writes", &mut self.refused_writes),
            ("unknown items", &mut self.unknown),
            ("withdrawn requests", &mut self.withdrawn),
            ("brakes", &mut self.braked),
            ("reruns", &mut self.reruns),
            ("sent again", &mut self.sent_again),
            ("finished", &mut self.finished),
            ("stopped", &mut self.stopped),
            ("looks", &mut self.looks),
            ("found", &mut self.found),
            ("handed over", &mut self.handed_over),
            ("requests", &mut self.departures),
            ("canaries that went on by themselves", &mut self.went_on),
            ("worlds with several jobs", &mut self.together),
            ("connections that another job had", &mut self.busy),
            ("connections that passed to another job", &mut self.passed_on),
            ("requests whose connection was lost", &mut self.turned_away),
            ("paces and brakes that were adjusted", &mut self.adjusted),
        ]
    }

    pub fn add(&mut self, mut other: Self) {
        for ((_, sum), (_, more)) in self.parts().into_iter().zip(other.parts()) {
            *sum += *more;
        }
    }
}
