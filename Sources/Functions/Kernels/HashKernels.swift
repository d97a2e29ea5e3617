internal import Base
internal import Types

/// The hash support functions of types: hashtext and its kin, 32 bits, and the ones with a seed, 64.
let hashKernels: KernelTable.Theme = hashedTypes.flatMap { type, plain, extended in
    [
        (
            plain,
            .scalar { (arguments, _) throws(SQLError) in
                let hash = PartitionHash.hash(arguments[0], type: type, seed: 0)
                return Datum(word: Int64(Int32(truncatingIfNeeded: hash)))
            }
        ),
        (
            extended,
            .scalar { (arguments, _) throws(SQLError) in
                let seed = UInt64(bitPattern: arguments[1].word)
                let hash = PartitionHash.hash(arguments[0], type: type, seed: seed)
                return Datum(word: Int64(bitPattern: hash))
            }
        ),
    ]
}

private let hashedTypes: [(type: OID, plain: String, extended: String)] = [
    (.text, "hashtext", "hashtextextended"), (.name, "hashname", "hashnameextended"),
    (.bpchar, "hashbpchar", "hashbpcharextended"), (.char, "hashchar", "hashcharextended"),
    (.int2, "hashint2", "hashint2extended"), (.int4, "hashint4", "hashint4extended"),
    (.int8, "hashint8", "hashint8extended"), (.oid, "hashoid", "hashoidextended"),
    (.float4, "hashfloat4", "hashfloat4extended"),
    (.float8, "hashfloat8", "hashfloat8extended"), (.time, "time_hash", "time_hash_extended"),
    (.timestamp, "timestamp_hash", "timestamp_hash_extended"),
    (.uuid, "uuid_hash", "uuid_hash_extended"), (.inet, "hashinet", "hashinetextended"),
    (.macaddr, "hashmacaddr", "hashmacaddrextended"),
    (.macaddr8, "hashmacaddr8", "hashmacaddr8extended"),
]
