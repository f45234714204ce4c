using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;
using Pyrite.Kernels.Simd;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Kernels.Emit;

/// <summary>What compiled programs call: kernels on single numbers and on plain memory.</summary>
internal static unsafe class EmittedCalls
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

    /// <summary>A function of one number by vectors of <typeparamref name="V"/>, all of whose lanes hold it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static double Function<TFunction, V>(double x)
        where TFunction : struct, ISimdFunction
        where V : unmanaged, ISimd<V, double>
    {
        V y = TFunction.Double(V.Of(x));
        return Unsafe.As<V, double>(ref y);
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

    /// <summary>One of two numbers, by a condition of 1 or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Choose<T>(double condition, T a, T b) => condition != 0 ? a : b;

    /// <summary>1 if a number lies between bounds, else 0.</summary>
    public static byte IsAdmitted(double x, double low, double high, bool lowOpen, bool highOpen) =>
        (lowOpen ? x > low : x >= low) && (highOpen ? x < high : x <= high) ? (byte)1 : (byte)0;

    /// <summary>The sums of rows of elements, in the order of <see cref="SumKernel"/>.</summary>
    public static void SumRows<T>(nint x, nint y, int rows, int count) where T : unmanaged, INumber<T>
    {
        for (int row = 0; row < rows; row++)
        {
            ((T*)y)[row] = SumKernel.Sum(new ReadOnlySpan<T>((T*)x + (row * count), count));
        }
    }

    /// <summary>The sum of elements, in the order of <see cref="SumKernel"/>.</summary>
    public static T Sum<T>(nint x, int count) where T : unmanaged, INumber<T> => SumKernel.Sum(new ReadOnlySpan<T>((void*)x, count));

    /// <summary>One number everywhere.</summary>
    public static void Spread<T>(T x, nint y, int count) where T : unmanaged => new Span<T>((void*)y, count).Fill(x);

    /// <summary>Copies bytes.</summary>
    public static void Copy(nint source, nint target, int bytes) =>
        new ReadOnlySpan<byte>((void*)source, bytes).CopyTo(new Span<byte>((void*)target, bytes));

    /// <summary>The elements that indices name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take(nint source, nint indices, nint target, int count)
    {
        double* x = (double*)source, y = (double*)target;
        int* index = (int*)indices;
        for (int i = 0; i < count; i++)
        {
            y[i] = x[index[i]];
        }
    }

    /// <summary>Adds elements to the places that indices name, in the order of the indices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(nint source, nint indices, nint target, int count)
    {
        double* x = (double*)source, y = (double*)target;
        int* index = (int*)indices;
        for (int i = 0; i < count; i++)
        {
            y[index[i]] += x[i];
        }
    }

    /// <summary>Adds the elements that indices name to the places that others name, in this order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSome(nint source, nint from, nint to, nint target, int count)
    {
        double* x = (double*)source, y = (double*)target;
        int* reading = (int*)from, writing = (int*)to;
        for (int i = 0; i < count; i++)
        {
            y[writing[i]] += x[reading[i]];
        }
    }

    /// <summary>Puts the elements that indices name to the places that others name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Move(nint source, nint from, nint to, nint target, int count)
    {
        double* x = (double*)source, y = (double*)target;
        int* reading = (int*)from, writing = (int*)to;
        for (int i = 0; i < count; i++)
        {
            y[writing[i]] = x[reading[i]];
        }
    }

    /// <summary>The address of a pinned block.</summary>
    public static nint Address(Storage block) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(block.Span<byte>(0, 0)));

    /// <summary>The address of the elements of a tensor that the garbage collector does not move.</summary>
    public static nint Address(ReadOnlySpan<byte> pinned) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(pinned));

    /// <summary>Runs code on given tensors.</summary>
    public static void Run(ProgramRoutine routine, IOperationRunner owner, nint block, nint[] given)
    {
        fixed (nint* table = given)
        {
            routine(owner, block, (nint)table);
        }
    }
}
