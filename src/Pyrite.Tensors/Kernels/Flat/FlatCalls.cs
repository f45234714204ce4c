using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Kernels.Flat;

/// <summary>What straight-line code calls: each kernel on plain memory.</summary>
internal static unsafe class FlatCalls
{
    /// <summary>A function of one number.</summary>
    public static T Scalar<TKernel, T>(T x)
        where TKernel : struct, IUnaryKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Unsafe.SkipInit(out T y);
        TKernel.Invoke(new ReadOnlySpan<T>(in x), new Span<T>(ref y));
        return y;
    }

    /// <summary>A function of two numbers.</summary>
    public static T Scalar<TKernel, T>(T a, T b)
        where TKernel : struct, IBinaryKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Unsafe.SkipInit(out T y);
        TKernel.Invoke(new ReadOnlySpan<T>(in a), new ReadOnlySpan<T>(in b), new Span<T>(ref y));
        return y;
    }

    /// <summary>A function of three numbers.</summary>
    public static T Scalar<TKernel, T>(T a, T b, T c)
        where TKernel : struct, ITripleKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Unsafe.SkipInit(out T y);
        TKernel.Invoke(new ReadOnlySpan<T>(in a), new ReadOnlySpan<T>(in b), new ReadOnlySpan<T>(in c), new Span<T>(ref y));
        return y;
    }

    /// <summary>A function of each element.</summary>
    public static void Map<TKernel, T>(nint x, nint y, int count)
        where TKernel : struct, IUnaryKernel
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TKernel.Invoke(new ReadOnlySpan<T>((void*)x, count), new Span<T>((void*)y, count));

    /// <summary>A function of elements side by side.</summary>
    public static void Zip<TKernel, T>(nint a, nint b, nint y, int count)
        where TKernel : struct, IBinaryKernel
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TKernel.Invoke(new ReadOnlySpan<T>((void*)a, count), new ReadOnlySpan<T>((void*)b, count), new Span<T>((void*)y, count));

    /// <summary>A function of each element and a number.</summary>
    public static void ZipRight<TKernel, T>(nint a, T b, nint y, int count)
        where TKernel : struct, IBinaryKernel
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TKernel.Invoke(new ReadOnlySpan<T>((void*)a, count), b, new Span<T>((void*)y, count));

    /// <summary>A function of a number and each element.</summary>
    public static void ZipLeft<TKernel, T>(T a, nint b, nint y, int count)
        where TKernel : struct, IBinaryKernel
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TKernel.Invoke(a, new ReadOnlySpan<T>((void*)b, count), new Span<T>((void*)y, count));

    /// <summary>The sum of a row of elements.</summary>
    public static T Sum<T>(nint x, int count) where T : unmanaged, INumber<T> => SumKernel.Sum(new ReadOnlySpan<T>((void*)x, count));

    /// <summary>The sums of rows of elements.</summary>
    public static void SumRows<T>(nint x, nint y, int rows, int count) where T : unmanaged, INumber<T>
    {
        for (int row = 0; row < rows; row++)
        {
            ((T*)y)[row] = SumKernel.Sum(new ReadOnlySpan<T>((T*)x + (row * count), count));
        }
    }

    /// <summary>One number everywhere.</summary>
    public static void Spread<T>(T x, nint y, int count) where T : unmanaged => new Span<T>((void*)y, count).Fill(x);

    /// <summary>The address of a tensor's elements; what the garbage collector may move is copied to <paramref name="pinned"/> first.</summary>
    public static nint Address(Tensor tensor, nint pinned)
    {
        ReadOnlySpan<byte> bytes = tensor.RawBytes();
        if (tensor.IsPinned)
        {
            return (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        }
        bytes.CopyTo(new Span<byte>((void*)pinned, bytes.Length));
        return pinned;
    }

    /// <summary>The address of a pinned block.</summary>
    public static nint Address(Storage block) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(block.Span<byte>(0, 0)));

    /// <summary>Runs code.</summary>
    public static void Run(FlatFunction function, nint[] addresses)
    {
        fixed (nint* table = addresses)
        {
            function((nint)table);
        }
    }
}
