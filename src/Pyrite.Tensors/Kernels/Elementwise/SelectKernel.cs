using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Elementwise;

/// <summary>Chooses between two operands by truth values, a vector of bytes at a time.</summary>
internal static class SelectKernel
{
    /// <summary>y[i] = condition[i] ? a[i] : b[i]; an operand of one element serves for all.</summary>
    public static void Select32(ReadOnlySpan<bool> condition, ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, Span<uint> y)
    {
        ReadOnlySpan<byte> flags = MemoryMarshal.AsBytes(condition);
        int width = Vector<uint>.Count;
        int i = 0;
        for (; i <= y.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(flags[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            Choose(first, a, b, y, i);
            Choose(second, a, b, y, i + width);
            Choose(third, a, b, y, i + (2 * width));
            Choose(fourth, a, b, y, i + (3 * width));
        }
        Rest(condition, a, b, y, i);
    }

    /// <summary>The same for elements of eight bytes.</summary>
    public static void Select64(ReadOnlySpan<bool> condition, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> y)
    {
        ReadOnlySpan<byte> flags = MemoryMarshal.AsBytes(condition);
        int width = Vector<ulong>.Count;
        int i = 0;
        for (; i <= y.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(flags[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            ChooseTwo(first, a, b, y, i);
            ChooseTwo(second, a, b, y, i + (2 * width));
            ChooseTwo(third, a, b, y, i + (4 * width));
            ChooseTwo(fourth, a, b, y, i + (6 * width));
        }
        Rest(condition, a, b, y, i);
    }

    /// <summary>The same for elements of one byte.</summary>
    public static void Select8(ReadOnlySpan<bool> condition, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> y) => Rest(condition, a, b, y, 0);

    private static void ChooseTwo(Vector<uint> flags, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> y, int start)
    {
        Vector.Widen(flags, out Vector<ulong> low, out Vector<ulong> high);
        Choose(low, a, b, y, start);
        Choose(high, a, b, y, start + Vector<ulong>.Count);
    }

    private static void Choose<T>(Vector<T> flags, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, int start)
        where T : unmanaged
    {
        Vector<T> left = a.Length == 1 ? new Vector<T>(a[0]) : new Vector<T>(a[start..]);
        Vector<T> right = b.Length == 1 ? new Vector<T>(b[0]) : new Vector<T>(b[start..]);
        Vector.ConditionalSelect(Vector.Equals(flags, Vector<T>.Zero), right, left).CopyTo(y[start..]);
    }

    private static void Rest<T>(ReadOnlySpan<bool> condition, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, int start)
        where T : unmanaged
    {
        for (int i = start; i < y.Length; i++)
        {
            y[i] = condition[i] ? a[a.Length == 1 ? 0 : i] : b[b.Length == 1 ? 0 : i];
        }
    }
}
