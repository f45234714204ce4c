namespace Pyrite.Serialization;

/// <summary>An element type of an NPY file that can be loaded.</summary>
/// <param name="Code">The letter and the size without the byte order, for example f4.</param>
/// <param name="Stored">The same type as safetensors files name it; u8 is read as I64 and checked.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
internal sealed record NpyType(string Code, StoredType Stored, bool IsBigEndian = false)
{
    private static readonly NpyType[] Known =
    [
        new("f8", StoredType.Find("F64")!),
        new("f4", StoredType.Find("F32")!),
        new("f2", StoredType.Find("F16")!),
        new("i8", StoredType.Find("I64")!),
        new("i4", StoredType.Find("I32")!),
        new("i2", StoredType.Find("I16")!),
        new("i1", StoredType.Find("I8")!),
        new("u8", StoredType.Find("I64")!),
        new("u4", StoredType.Find("U32")!),
        new("u2", StoredType.Find("U16")!),
        new("u1", StoredType.Find("U8")!),
        new("b1", StoredType.Find("BOOL")!),
    ];

    /// <summary>All codes, for messages.</summary>
    public static string Codes { get; } = string.Join(", ", Known.Select(type => type.Code));

    /// <summary>Whether the elements are unsigned and as wide as those of the tensor, which are signed.</summary>
    public bool MayExceedInt64 => Code == "u8";

    /// <summary>The type of a description such as "&lt;f4", or null; only types of one byte may go without an order.</summary>
    public static NpyType? Find(string description)
    {
        if (description.Length != 3 || description[0] is not ('<' or '>' or '|'))
        {
            return null;
        }
        NpyType? type = Array.Find(Known, known => description.AsSpan(1).SequenceEqual(known.Code));
        bool isByte = type?.Stored.ByteSize == 1;
        return type is null || (description[0] == '|' && !isByte) ? null : type with { IsBigEndian = description[0] == '>' && !isByte };
    }

    /// <summary>How NumPy describes the elements of a tensor on a little-endian machine.</summary>
    public static string Describe(DType type)
    {
        NpyType known = Array.Find(Known, known => known.Stored.DType == type)!;
        return known.Stored.ByteSize == 1 ? $"|{known.Code}" : $"<{known.Code}";
    }
}
