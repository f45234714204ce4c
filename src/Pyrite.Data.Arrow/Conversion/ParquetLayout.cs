namespace Pyrite.Conversion;

/// <summary>How the compact protocol of Apache Thrift marks a value.</summary>
internal enum ThriftType
{
    True = 1,
    False = 2,
    Int8 = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
}

/// <summary>What a field holds.</summary>
/// <param name="Type">Its mark; truths are <see cref="ThriftType.True"/> here, whichever they are.</param>
/// <param name="Inner">The fields of a structure, or of those in a list.</param>
/// <param name="Of">What a list holds.</param>
internal sealed record ThriftField(ThriftType Type, IReadOnlyDictionary<int, ThriftField>? Inner = null, ThriftType Of = default);

/// <summary>The fields of a Parquet file's description of itself that a table needs.</summary>
/// <remarks>Numbers and types of fields: parquet.thrift of Apache Parquet, version 2.11.</remarks>
internal static class ParquetLayout
{
    private static readonly ThriftField Int32 = new(ThriftType.Int32);
    private static readonly ThriftField Int64 = new(ThriftType.Int64);
    private static readonly ThriftField Truth = new(ThriftType.True);
    private static readonly ThriftField Nothing = Structure([]);

    private static readonly ThriftField Moment = Structure(new()
    {
        [1] = Truth, // whether in UTC
        [2] = Structure(new() { [1] = Nothing, [2] = Nothing, [3] = Nothing }), // thousandths, millionths, billionths
    });

    private static readonly ThriftField LogicalType = Structure(new()
    {
        [1] = Nothing, // text
        [2] = Nothing, // map
        [3] = Nothing, // list
        [4] = Nothing, // enumeration
        [5] = Structure(new() { [1] = Int32, [2] = Int32 }), // decimal
        [6] = Nothing, // date
        [7] = Moment,
        [8] = Moment,
        [10] = Structure(new() { [1] = new(ThriftType.Int8), [2] = Truth }), // whole number
        [11] = Nothing, // always missing
        [12] = Nothing, // JSON
        [13] = Nothing, // BSON
        [14] = Nothing, // UUID
        [15] = Nothing, // half precision
    });

    private static readonly ThriftField SchemaElement = Structure(new()
    {
        [1] = Int32, // type
        [2] = Int32, // bytes of a type of fixed length
        [3] = Int32, // required, optional or repeated
        [4] = new(ThriftType.Binary), // name
        [5] = Int32, // children
        [6] = Int32, // converted type
        [7] = Int32, // scale
        [8] = Int32, // precision
        [10] = LogicalType,
    });

    private static readonly ThriftField ColumnChunk = Structure(new()
    {
        [2] = Int64, // where its description is
        [3] = Structure(new()
        {
            [1] = Int32, // type
            [2] = new(ThriftType.List, Of: ThriftType.Int32), // encodings
            [3] = new(ThriftType.List, Of: ThriftType.Binary), // path
            [4] = Int32, // codec
            [5] = Int64, // values
            [6] = Int64, // bytes
            [7] = Int64, // bytes, packed
            [9] = Int64, // where the data are
            [10] = Int64, // where the index is
            [11] = Int64, // where the dictionary is
            [12] = Structure(new() { [3] = Int64 }), // of the statistics: how many are missing
        }),
    });

    /// <summary>The description of a whole file.</summary>
    public static ThriftField File { get; } = Structure(new()
    {
        [1] = Int32, // version
        [2] = new(ThriftType.List, SchemaElement.Inner, ThriftType.Struct),
        [3] = Int64, // rows
        [4] = new(ThriftType.List, Structure(new()
        {
            [1] = new(ThriftType.List, ColumnChunk.Inner, ThriftType.Struct),
            [2] = Int64, // bytes
            [3] = Int64, // rows
        }).Inner, ThriftType.Struct),
    });

    private static ThriftField Structure(Dictionary<int, ThriftField> fields) => new(ThriftType.Struct, fields);
}
