namespace Pyrite;

/// <summary>One tensor as the header of a safetensors file describes it.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="StoredType">The type code of the file: F64, F32, F16, BF16, I64, I32, I16, I8, U32, U16, U8 or BOOL.</param>
/// <param name="DType">The type that it is loaded as; F16 and BF16 widen to Float32, small integers other than U8 to Int64.</param>
/// <param name="Shape">The sizes of the axes.</param>
/// <param name="Offset">Where its bytes start, counted from the start of the file.</param>
/// <param name="Length">How many bytes it has in the file.</param>
public sealed record SafeTensorsEntry(string Name, string StoredType, DType DType, Shape Shape, long Offset, long Length)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
