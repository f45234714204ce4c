using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Serialization;

/// <summary>Conversions between the little-endian elements of a file and those of tensors.</summary>
internal static class ElementConversion
{
    /// <summary>Widens the small elements of <paramref name="source"/>, which may be the tail of <paramref name="destination"/>.</summary>
    /// <remarks>Front to back: element i is written at or before the end of element i of the tail, after it was read.</remarks>
    public static void Widen(string code, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Span<float> singles = code is "F16" or "BF16" ? MemoryMarshal.Cast<byte, float>(destination) : [];
        Span<long> integers = code is "F16" or "BF16" ? [] : MemoryMarshal.Cast<byte, long>(destination);
        for (int i = 0; i < singles.Length; i++)
        {
            ReadOnlySpan<byte> element = source.Slice(2 * i, 2);
            singles[i] =
                code == "F16"
                    ? (float)BinaryPrimitives.ReadHalfLittleEndian(element)
                    : BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(element) << 16);
        }
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = code switch
            {
                "I32" => BinaryPrimitives.ReadInt32LittleEndian(source.Slice(4 * i, 4)),
                "U32" => BinaryPrimitives.ReadUInt32LittleEndian(source.Slice(4 * i, 4)),
                "I16" => BinaryPrimitives.ReadInt16LittleEndian(source.Slice(2 * i, 2)),
                "U16" => BinaryPrimitives.ReadUInt16LittleEndian(source.Slice(2 * i, 2)),
                _ => (sbyte)source[i],
            };
        }
    }

    /// <summary>Writes the elements of a tensor, row-major and little-endian.</summary>
    public static void Write(Stream stream, Tensor tensor)
    {
        ReadOnlySpan<byte> bytes = tensor.In(Layout.RowMajor).RawBytes();
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(bytes);
            return;
        }
        byte[] swapped = bytes.ToArray();
        SwapOnBigEndian(swapped, tensor.DType.ByteSize);
        stream.Write(swapped);
    }

    /// <summary>Reverses the bytes of every element where the machine is big-endian.</summary>
    public static void SwapOnBigEndian(Span<byte> bytes, int elementSize)
    {
        if (BitConverter.IsLittleEndian)
        {
            return;
        }
        for (int i = 0; i < bytes.Length; i += elementSize)
        {
            bytes.Slice(i, elementSize).Reverse();
        }
    }
}
