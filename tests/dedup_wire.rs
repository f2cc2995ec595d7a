//! The records of the sketch log as bytes: what was written is read, and nothing else is.
//!
//! The bytes come from a Kafka topic, so anything may stand there: a record of another version, of another program, half a
//! record. None may panic, be taken for something else, or make the reader allocate more than it was sent.

use copydesk::article::Position;
use copydesk::dedup::{
    ALGORITHM, Checkpoint, Cluster, ContentHash, CopyKind, Decision, Entry, Finding, Link, LogRecord, Member,
    NAME_BITS, NAMES, Reference, SHINGLE_BITS, SHINGLES, Sample, Share, Sketch, WireError, decode,
    decode_checkpoint, decode_record, encode, encode_checkpoint,
};
use proptest::prelude::*;

const ENTRY: u8 = 2;
const CHECKPOINT: u8 = 3;
/// Keys of places that an entry has at most: two of the lead and one of each of the eight parts.
const PLACE_KEYS: usize = 10;

fn sample(width: u32, parts: u8, most: usize) -> impl Strategy<Value = Sample> {
    let hash = prop_oneof![any::<u32>(), 0u32..1000, Just(u32::MAX), Just(0)];
    let member = (hash, any::<bool>(), 0..parts);
    prop::collection::vec(member, 0..200).prop_map(move |all| {
        let all: Vec<Member> = all
            .into_iter()
            .map(|(hash, flag, part)| Member::new(hash >> (32 - width), flag).in_part(part))
            .collect();
        Sample::of(&all, width, most)
    })
}

/// A sketch that a text may or may not have.
fn any_sketch() -> impl Strategy<Value = Sketch> {
    let places = prop::collection::vec(any::<u32>(), 0..=PLACE_KEYS);
    let samples = (sample(SHINGLE_BITS, 8, SHINGLES), sample(NAME_BITS, 1, NAMES));
    (any::<u128>(), any::<u32>(), any::<bool>(), samples, places).prop_map(
        |(content, size, cased, (shingles, names), places)| {
            let content = ContentHash(content);
            Sketch { content, size, cased, shingles, names, places }
        },
    )
}

fn sketch_of_a_text() -> impl Strategy<Value = Sketch> {
    let word = prop_oneof![
        "[A-Z]?[a-z]{1,6}",
        "[0-9]{1,4}",
        Just("東京地震".to_owned()),
        Just(".\n".to_owned()),
        "\\PC{0,8}"
    ];
    prop::collection::vec(word, 0..400).prop_map(|words| Sketch::of(&words.join(" ")))
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9a-f]{32}",
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "\\PC{0,60}",
        "x{120,130}"
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    let position = ("\\PC{0,20}", any::<i32>(), any::<i64>())
        .prop_map(|(topic, partition, offset)| Position::new(topic, partition, offset));
    let sketch = prop_oneof![any_sketch(), sketch_of_a_text()];
    (position, id(), any::<i64>(), sketch, any::<bool>()).prop_map(
        |(position, id, event_time, sketch, revision)| Entry {
            position,
            id: id.into(),
            event_time,
            sketch,
            revision,
            terms: None,
        },
    )
}

/// An earlier entry, or, as the format allows it, the entry itself.
fn reference(offset: u64) -> impl Strategy<Value = Reference> {
    (0..=offset, id()).prop_map(|(offset, id)| Reference { offset, id: id.into() })
}

fn finding(offset: u64) -> impl Strategy<Value = Finding> {
    let cluster =
        prop_oneof![Just(Cluster::Own), Just(Cluster::Of), reference(offset).prop_map(Cluster::Other)];
    let share = || (0u64..=1000).prop_map(|share| Share::from_thousandths(share).unwrap());
    let kind = prop::sample::select(CopyKind::ALL.to_vec());
    let link = (kind, reference(offset), cluster, share(), share(), any::<u16>()).prop_map(
        |(kind, of, cluster, covers, covered, novel_numbers)| {
            Finding::Copy(Box::new(Link { kind, of, cluster, covers, covered, novel_numbers }))
        },
    );
    prop_oneof![Just(Finding::Original), Just(Finding::Template), link]
}

fn checkpoint() -> impl Strategy<Value = Checkpoint> {
    let first = prop_oneof![0u64..2000, any::<u64>().prop_map(|first| first / 2)];
    let gaps = prop::collection::vec(prop_oneof![4 => 0u64..3, 1 => 0u64..100_000], 0..12);
    (first, gaps, 0u64..50)
        .prop_flat_map(|(first, gaps, behind)| {
            let mut next = first;
            let decisions: Vec<_> = gaps
                .into_iter()
                .map(|gap| {
                    let offset = next + gap;
                    next = offset + 1;
                    let shared = prop::collection::btree_set(0..(SHINGLES + NAMES) as u8, 0..20);
                    (Just(offset), finding(offset), shared)
                })
                .collect();
            (Just(first), Just(next + behind), decisions)
        })
        .prop_map(|(first, end, decisions)| {
            let decision = |(offset, finding, shared): (u64, Finding, std::collections::BTreeSet<u8>)| {
                (offset, Decision { finding, shared: shared.into_iter().collect(), story: None })
            };
            Checkpoint::new(first, end, decisions.into_iter().map(decision).collect()).unwrap()
        })
}

/// Cut short anywhere, and with a byte more, a record is damaged.
fn check_whole(bytes: &[u8]) -> Result<(), TestCaseError> {
    for length in 0..bytes.len() {
        prop_assert_eq!(decode_record(&bytes[..length]), Err(WireError::Damaged(length)), "first {}", length);
    }
    let longer = [bytes, &[0]].concat();
    prop_assert_eq!(decode_record(&longer), Err(WireError::Damaged(longer.len())));
    Ok(())
}

/// What was read is within the laws of its types, whatever the bytes were, and can be written and read again.
fn check_read(bytes: &[u8]) -> Result<(), TestCaseError> {
    match decode_record(bytes) {
        Ok(LogRecord::Entry(entry)) => {
            let Sketch { shingles, names, places, .. } = &entry.sketch;
            prop_assert!(shingles.members().len() <= SHINGLES && names.members().len() <= NAMES);
            prop_assert!(places.len() <= PLACE_KEYS);
            for sample in [shingles, names] {
                prop_assert!(sample.members().windows(2).all(|pair| pair[0].hash() < pair[1].hash()));
            }
            prop_assert_eq!(decode(&encode(&entry)), Ok(*entry));
        }
        Ok(LogRecord::Checkpoint(checkpoint)) => {
            prop_assert_eq!(decode_checkpoint(&encode_checkpoint(&checkpoint)), Ok(checkpoint));
        }
        Err(WireError::Damaged(length)) => prop_assert_eq!(length, bytes.len()),
        Err(WireError::Version { format, algorithm }) => {
            prop_assert_eq!(&[format, algorithm][..], &bytes[..2]);
            prop_assert!(algorithm != ALGORITHM || ![ENTRY, CHECKPOINT].contains(&format));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn entries_are_read_as_they_were_written(entry in entry()) {
        let bytes = encode(&entry);
        prop_assert_eq!(decode(&bytes), Ok(entry.clone()));
        prop_assert_eq!(decode_record(&bytes), Ok(LogRecord::Entry(Box::new(entry))));
        check_whole(&bytes)?;
    }

    #[test]
    fn checkpoints_are_read_as_they_were_written(checkpoint in checkpoint()) {
        let bytes = encode_checkpoint(&checkpoint);
        prop_assert_eq!(decode_checkpoint(&bytes), Ok(checkpoint.clone()));
        prop_assert_eq!(decode_record(&bytes), Ok(LogRecord::Checkpoint(checkpoint)));
        check_whole(&bytes)?;
    }

    #[test]
    fn no_bytes_are_more_than_they_are(
        format in prop_oneof![Just(ENTRY), Just(CHECKPOINT), any::<u8>()],
        algorithm in prop_oneof![9 => Just(ALGORITHM), 1 => any::<u8>()],
        // Many high bits make long numbers, many low ones short counts.
        rest in prop::collection::vec(prop_oneof![any::<u8>(), 0u8..4, Just(0xff)], 0..120),
    ) {
        check_read(&[&[format, algorithm], &rest[..]].concat())?;
    }

    #[test]
    fn a_record_with_a_few_bytes_changed_is_read_within_its_laws_or_not_at_all(
        record in prop_oneof![entry().prop_map(|entry| encode(&entry)), checkpoint().prop_map(|c| encode_checkpoint(&c))],
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = record;
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        check_read(&bytes)?;
    }
}

#[test]
fn every_other_format_and_algorithm_is_refused_by_name() {
    for format in 0..=u8::MAX {
        for algorithm in 0..=u8::MAX {
            let known = algorithm == ALGORITHM && [ENTRY, CHECKPOINT].contains(&format);
            let expected =
                if known { WireError::Damaged(2) } else { WireError::Version { format, algorithm } };
            assert_eq!(decode_record(&[format, algorithm]), Err(expected), "{format}, {algorithm}");
        }
    }
    assert_eq!(decode_record(&[]), Err(WireError::Damaged(0)));
    assert_eq!(decode_record(&[ENTRY]), Err(WireError::Damaged(1)));
    assert_eq!(decode_record(b"{\"id\":1}"), Err(WireError::Version { format: b'{', algorithm: b'"' }));
    // Each reader takes its own records only.
    assert_eq!(
        decode(&[CHECKPOINT, ALGORITHM, 0, 0, 0]),
        Err(WireError::Version { format: CHECKPOINT, algorithm: ALGORITHM })
    );
    assert_eq!(
        decode_checkpoint(&[ENTRY, ALGORITHM, 0]),
        Err(WireError::Version { format: ENTRY, algorithm: ALGORITHM })
    );
}

#[test]
fn the_messages_say_what_was_found_and_what_to_do() {
    let other = decode_record(&[7, 200, 1]).unwrap_err().to_string();
    for part in ["format 7", "algorithm 200", "must run the same version", "new log"] {
        assert!(other.contains(part), "{part:?} is not in {other:?}");
    }
    let damaged = decode_record(&[ENTRY, ALGORITHM, 9]).unwrap_err().to_string();
    assert!(damaged.contains("3 bytes") && damaged.contains("damaged"), "{damaged}");
}

/// The greatest number that a field can claim, in the ten bytes of a 64-bit number.
const MOST: [u8; 10] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];

/// Fields that break a law of the format, each behind fields that keep it; what they claim is not there, so a reader that
/// believed them would allocate until it died.
#[test]
fn fields_that_claim_too_much_are_refused() {
    let head = [&[ENTRY, ALGORITHM, 0, 0][..], &[0; 16]].concat();
    let empty_sample = [0, 0];
    let whole = [&head[..], &[0, 0, 0, 2, 0], &empty_sample, &empty_sample, &[0]].concat();
    assert!(decode(&whole).is_ok(), "the fields that these tests vary are right by themselves");
    let entry = |fields: &[&[u8]]| decode(&[&head[..], &fields.concat()].concat());
    for (what, read) in [
        ("a topic of 2^64 bytes", entry(&[&MOST])),
        ("a topic longer than the record", entry(&[&[200, 1], b"news"])),
        ("a topic that is no UTF-8", entry(&[&[1, 0xff, 0, 0, 2, 0], &empty_sample, &empty_sample, &[0]])),
        ("a partition above 32 bits", entry(&[&[0], &MOST, &[0, 2, 0], &empty_sample, &empty_sample, &[0]])),
        ("an id of 2^64 bytes", entry(&[&[0, 0, 0], &MOST])),
        ("an id that is no UTF-8", entry(&[&[0, 0, 0, 3, 0xff, 0], &empty_sample, &empty_sample, &[0]])),
        ("a number of eleven bytes", entry(&[&[0xff; 10], &[0]])),
        ("a number above 64 bits", entry(&[&[0xff; 9], &[2]])),
        ("a size above 32 bits", entry(&[&[0, 0, 0, 2], &MOST, &empty_sample, &empty_sample, &[0]])),
        ("49 shingles", entry(&[&[0, 0, 0, 2, 0], &[0, SHINGLES as u8 + 1], &[0xff; 400]])),
        ("255 shingles", entry(&[&[0, 0, 0, 2, 0], &[0, 255], &[0; 4000]])),
        ("a level above the hash's bits", entry(&[&[0, 0, 0, 2, 0], &[33, 0], &empty_sample, &[0]])),
        ("33 names", entry(&[&[0, 0, 0, 2, 0], &empty_sample, &[0, NAMES as u8 + 1], &[0; 400]])),
        ("a gap without an end", entry(&[&[0, 0, 0, 2, 0], &[0, 1], &[0xff; 400]])),
        ("11 keys of places", entry(&[&[0, 0, 0, 2, 0], &empty_sample, &empty_sample, &[11], &[0; 44]])),
        ("an unknown flag", decode(&[&[ENTRY, ALGORITHM, 4], &whole[3..]].concat())),
    ] {
        assert!(matches!(read, Err(WireError::Damaged(_))), "{what}: {read:?}");
    }
}

#[test]
fn checkpoints_that_claim_too_much_are_refused() {
    let checkpoint =
        |fields: &[&[u8]]| decode_checkpoint(&[&[CHECKPOINT, ALGORITHM], &fields.concat()[..]].concat());
    // From offset 100, 50 offsets, one entry, at 100, an exact copy of that at 99 with an empty id, of its cluster.
    let one = [100, 50, 1, 0, 0x12, 1, 2];
    assert!(
        checkpoint(&[&one, &[0, 0, 0, 2, 4, 5]]).is_ok(),
        "the fields that these tests vary are right by themselves"
    );
    for (what, read) in [
        ("2^64 entries", checkpoint(&[&[0], &MOST, &MOST])),
        ("2^64 entries, and one of them", checkpoint(&[&[0], &MOST, &MOST, &[0, 0, 0]])),
        ("an end above 64 bits", checkpoint(&[&[1], &MOST, &[0]])),
        ("an entry after the end", checkpoint(&[&[0, 1, 1, 1, 0, 0]])),
        ("an entry above 64 bits", checkpoint(&[&[1, 1, 1], &MOST, &[0, 0]])),
        ("an unknown finding", checkpoint(&[&[0, 1, 1, 0, 7, 0]])),
        ("an original with a cluster", checkpoint(&[&[0, 1, 1, 0, 0x10, 0]])),
        ("a template with a cluster", checkpoint(&[&[0, 1, 1, 0, 0x11, 0]])),
        ("an unknown cluster", checkpoint(&[&[100, 50, 1, 0, 0x32, 1, 2], &[0, 0, 0, 0]])),
        ("a copy of what is before the log", checkpoint(&[&[100, 50, 1, 0, 0x12, 101, 2], &[0, 0, 0, 0]])),
        ("more than the whole", checkpoint(&[&one, &[0xe9, 7, 0, 0, 0]])),
        ("65,536 numbers", checkpoint(&[&one, &[0, 0, 0x80, 0x80, 4, 0]])),
        ("a member that no sketch has", checkpoint(&[&[0, 1, 1, 0, 0, 1, (SHINGLES + NAMES) as u8]])),
        ("members out of order", checkpoint(&[&[0, 1, 1, 0, 0, 2, 5, 4]])),
        ("a member twice", checkpoint(&[&[0, 1, 1, 0, 0, 2, 5, 5]])),
        ("more members than bytes", checkpoint(&[&[0, 1, 1, 0, 0, 255, 1]])),
    ] {
        assert!(matches!(read, Err(WireError::Damaged(_))), "{what}: {read:?}");
    }
}
