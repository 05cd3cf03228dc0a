//! The spellings of attributes that the engine itself reads, interned once.

use crate::base::{Name, Names};

macro_rules! words {
    ($($name:ident)*) => {
        /// One field per spelling, called like it.
        #[derive(Clone, Debug)]
        #[expect(missing_docs, non_snake_case, reason = "each is the word it is called")]
        pub struct Words {
            $(pub $name: Name,)*
        }

        impl Words {
            /// Interns them all: in the same order every time, so that their numbers are the same in every model.
            pub fn intern(names: &mut Names) -> Words {
                Words { $($name: names.intern(stringify!($name)),)* }
            }
        }
    };
}

words! {
    from to protocol carries returns moves ports who what actions component zone host parent on children name kind
    rule deployment scope shared tags stores processes runs_as forwards cell trust holds is_host
    confidentiality integrity availability
    class layer protects evidence verified valid_for coverage group status answered_by counters realises boundary
    active owner until because max_score reachability
    today about review include neighbours colour direction reference_loss admits untrusted severity
    out id cve fixed planned detect admin assume impersonate pass_role edit_policy create_key deploy
    members issuer
    port services addresses some free repair add_allows
    path title effective Action Band Difficulty Level encryption
    shape Shape asynchronous refs threat
    effort tested
}

impl Default for Words {
    fn default() -> Self {
        Words::intern(&mut Names::default())
    }
}
