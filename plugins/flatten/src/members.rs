//! The members of an object, each on its way to a slot or to the rest.

use crate::claims::{Claim, Claims};
use crate::found::{Found, Last, Slot};
use crate::learned::{Claimed, Learned, Name};
use crate::row::{Flatten, Valued};
use trailmill_stage::event::json::{DenseMember, Kind};
use trailmill_stage::event::{Node, NodeId, Seen};

/// The members of an object on their way to their places.
pub(crate) struct Members<'f, 'e, 's> {
    stage: &'f Flatten,
    object: Node<'e>,
    claims: &'f Claims,
    last: Last<'f>,
    found: &'f mut Found<'e, 's>,
    /// Not 0 if some column got something: a kind that is not null.
    claimed: u8,
}

/// Kinds put together are not 0 if one of them is not null.
const _: () = assert!(Kind::Null as u8 == 0);

impl<'f, 'e, 's> Members<'f, 'e, 's> {
    /// Those of `object`.
    #[inline(always)]
    pub(crate) fn of(
        stage: &'f Flatten,
        object: Node<'e>,
        claims: &'f Claims,
        last: Last<'f>,
        found: &'f mut Found<'e, 's>,
    ) -> Self {
        Members { stage, object, claims, last, found, claimed: 0 }
    }

    /// Goes over all of them, in any state; says whether some column got something.
    #[inline(always)]
    pub(crate) fn go_any(mut self) -> bool {
        let (object, claims) = (self.object, self.claims);
        object.each_member::<false>(|member| self.give(claims.get(member.key()), &member));
        self.claimed != 0
    }

    /// The hot loop, over an object much as AWS writes it: no blanks, members in an order that was
    /// met before, of which columns want most as they stand; says the same.
    #[inline(always)]
    pub(crate) fn go(mut self) -> bool {
        let (object, claims) = (self.object, self.claims);
        let (order, text, first_change) =
            (claims.order(), object.written().text(), object.first_change());
        let mut before = order.start();
        for member in object.written().dense_members() {
            if member.last_token >= first_change as usize {
                self.go_from(member.last_token as u32);
                return self.claimed != 0;
            }
            let DenseMember { token, kind, key_start, start, end, .. } = member;
            let id = object.written_at(token);
            let Some(name) = order.follower(before, text, key_start) else {
                before = self.unforeseen(before, id);
                continue;
            };
            before = name;
            let learned = name.known();
            if self.found.take(learned.taker(kind), Slot { id, kind, start, end }) {
                self.claimed |= kind as u8;
            } else if learned.claim() == Claimed::NOTHING.number {
                self.found.leave_span(key_start, end);
            } else {
                self.give_claimed(learned, key_start, Slot { id, kind, start, end });
            }
        }
        object.each_added(|member| self.give(claims.get(member.key()), &member));
        self.claimed != 0
    }

    /// Takes in a member in which nothing was changed, of a name that was not to be expected behind
    /// the name `before`; gives what is known of its name now.
    #[cold]
    #[inline(never)]
    fn unforeseen(&mut self, before: &'f Name, value: NodeId) -> &'f Name {
        let (claims, member) = (self.claims, self.object.seen_at(value));
        let (claim, claimed) = claims.look_up(member.key());
        self.give(claim, &member);
        let quoted = member.text.get(member.key_start as usize..member.key_end as usize);
        claims.learn(before, quoted.unwrap_or_default(), &claimed)
    }

    /// Gives a member in which nothing was changed to what claims its name.
    #[inline(never)]
    fn give_claimed(&mut self, learned: &Learned, key_start: u32, value: Slot) {
        if self.found.take(learned.short_taker(value.kind, value.length()), value) {
            self.claimed |= value.kind as u8;
            return;
        }
        let leave = |found: &mut Found<'e, 's>| found.leave_span(key_start, value.end);
        self.give_value(self.claims.numbered(learned.claim()), value, leave);
    }

    /// Goes over all members that end at or behind a token, in any state.
    #[inline(never)]
    fn go_from(&mut self, token: u32) {
        let (object, claims) = (self.object, self.claims);
        object.each_member_from(token, |member| self.give(claims.get(member.key()), &member));
    }

    /// Gives a member to what claims it, or else to the rest.
    #[inline(never)]
    fn give(&mut self, claim: Option<&Claim>, member: &Seen<'e>) {
        self.give_value(claim, Slot::of(member), |found| found.leave(member));
    }

    #[inline(always)]
    fn give_value(
        &mut self,
        claim: Option<&Claim>,
        slot: Slot,
        leave: impl FnOnce(&mut Found<'e, 's>),
    ) {
        let Members { stage, object, last, .. } = *self;
        let value = Valued { event: object.event(), slot };
        self.claimed |= u8::from(stage.at_claim(claim, value, last, self.found, leave));
    }
}
