using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Pyrite.Engine;

namespace Pyrite.Serialization;

/// <summary>Makes a tensor from an NPY file or an entry of an NPZ archive.</summary>
internal static class NpyReader
{
    public const long LargestTensor = 0x7FFFFF00;

    /// <summary>The tensor of a stream that is said to have <paramref name="length"/> bytes, outside of any step scope.</summary>
    /// <param name="what">What is being read, for messages.</param>
    /// <param name="stream">The stream at its start.</param>
    /// <param name="length">The bytes up to its end, which header and elements must fill exactly.</param>
    /// <param name="mostBytes">The memory that the tensor may take.</param>
    public static Tensor Read(string what, Stream stream, long length, long mostBytes = LargestTensor)
    {
        NpyHeader header = NpyHeader.Read(what, stream, length);
        UInt128 bytes = (UInt128)header.Shape.Count * (UInt128)header.Type.Stored.DType.ByteSize;
        if (bytes > (UInt128)Math.Min(mostBytes, LargestTensor))
        {
            throw new InvalidDataException(
                $"Reading {what}: shape {header.Shape} needs {bytes} bytes as {header.Type.Stored.DType}; {Math.Min(mostBytes, LargestTensor)} are "
                    + "allowed.");
        }
        return StepScope.Outside(
            () => header.IsFortranOrder ? InRowMajorOrder(what, stream, header) : Elements(what, stream, header.Type, header.Shape));
    }

    /// <summary>Elements with the first axis innermost are those of the reversed shape, row-major.</summary>
    private static Tensor InRowMajorOrder(string what, Stream stream, NpyHeader header)
    {
        int[] reversed = [.. header.Shape.Sizes];
        int[] axes = [.. Enumerable.Range(0, reversed.Length).Reverse()];
        Array.Reverse(reversed);
        Tensor elements = Elements(what, stream, header.Type, Shape.Create(reversed));
        return reversed.Length < 2 ? elements : elements.Permute(axes);
    }

    private static Tensor Elements(string what, Stream stream, NpyType type, Shape shape)
    {
        Tensor tensor = Tensor.Allocate(new TensorSpec(shape, type.Stored.DType));
        Span<byte> destination = tensor.WriteBytes();
        Span<byte> source = destination[(destination.Length - (tensor.Count * type.Stored.ByteSize))..];     // widened in place, front to back
        NpyHeader.ReadExactly(what, stream, source, "the elements");
        if (type.IsBigEndian)
        {
            Reverse(source, type.Stored.ByteSize);
        }
        if (type.Stored.IsDirect)
        {
            ElementConversion.SwapOnBigEndian(destination, type.Stored.ByteSize);
        }
        else
        {
            ElementConversion.Widen(type.Stored.Code, source, destination);
        }
        CheckRange(what, type, tensor);
        return tensor;
    }

    private static void CheckRange(string what, NpyType type, Tensor tensor)
    {
        if (type.Stored.DType == DType.Bool && tensor.RawBytes().IndexOfAnyExceptInRange((byte)0, (byte)1) is int position and >= 0)
        {
            throw new InvalidDataException($"Reading {what}: Bool element {position} is {tensor.RawBytes()[position]}; only 0 and 1 are allowed.");
        }
        if (type.MayExceedInt64 && tensor.Read<long>().IndexOfAnyExceptInRange(0, long.MaxValue) is int large and >= 0)
        {
            throw new InvalidDataException(
                $"Reading {what}: element {large} of type u8 is {(ulong)tensor.Read<long>()[large]}; Int64 holds at most {long.MaxValue}.");
        }
    }

    private static void Reverse(Span<byte> bytes, int elementSize)
    {
        switch (elementSize)
        {
            case sizeof(ushort):
                Span<ushort> pairs = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(pairs, pairs);
                break;
            case sizeof(uint):
                Span<uint> fours = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            case sizeof(ulong):
                Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }
}
