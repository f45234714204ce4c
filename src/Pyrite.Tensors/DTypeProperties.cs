namespace Pyrite;

/// <summary>What the engine and its users ask of a <see cref="DType"/>.</summary>
public static class DTypeProperties
{
    extension(DType type)
    {
        /// <summary>Whether the elements are floating-point numbers, so that gradients exist.</summary>
        public bool IsFloatingPoint => type >= DType.Float32;

        /// <summary>Bytes of one element.</summary>
        public int ByteSize => type switch
        {
            DType.Bool or DType.UInt8 => 1,
            DType.Float32 => 4,
            DType.Int64 or DType.Float64 => 8,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
        };
    }

    /// <summary>The element type that holds values of both types; see <see cref="DType"/> for the order.</summary>
    internal static DType Promote(DType a, DType b) => a >= b ? a : b;

    /// <summary>The <see cref="DType"/> of the C# type <typeparamref name="T"/>.</summary>
    internal static DType Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return DType.Float32;
        }
        if (typeof(T) == typeof(double))
        {
            return DType.Float64;
        }
        if (typeof(T) == typeof(long))
        {
            return DType.Int64;
        }
        if (typeof(T) == typeof(bool))
        {
            return DType.Bool;
        }
        return typeof(T) == typeof(byte)
            ? DType.UInt8
            : throw new NotSupportedException(
                $"Tensors hold float, double, long, bool or byte elements; {typeof(T).Name} was asked for. Convert the data first.");
    }
}
