<<<<<<< HEAD
mod sample;
=======
//! What a user does, end to end.

mod cli;
>>>>>>> store
