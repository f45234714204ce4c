namespace Pyrite.Serialization;

/// <summary>An element type of the safetensors format that can be loaded.</summary>
internal sealed record StoredType(string Code, int ByteSize, DType DType)
{
    private static readonly StoredType[] Known =
    [
        new("F64", 8, DType.Float64),
        new("F32", 4, DType.Float32),
        new("I64", 8, DType.Int64),
        new("U8", 1, DType.UInt8),
        new("BOOL", 1, DType.Bool),
        new("F16", 2, DType.Float32),
        new("BF16", 2, DType.Float32),
        new("I32", 4, DType.Int64),
        new("I16", 2, DType.Int64),
        new("I8", 1, DType.Int64),
        new("U32", 4, DType.Int64),
        new("U16", 2, DType.Int64),
    ];

    /// <summary>All codes, for messages.</summary>
    public static string Codes { get; } = string.Join(", ", Known.Select(type => type.Code));

    /// <summary>Whether the bytes of the file are the bytes in memory (on a little-endian machine).</summary>
    public bool IsDirect => ByteSize == DType.ByteSize;

    public static StoredType? Find(string code) => Array.Find(Known, type => type.Code == code);

    /// <summary>The type that a tensor is saved as.</summary>
    public static StoredType Of(DType type) => Array.Find(Known, known => known.DType == type)!;
}
