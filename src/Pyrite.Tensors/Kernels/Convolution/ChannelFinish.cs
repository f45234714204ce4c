using System.Numerics;
using System.Runtime.CompilerServices;
using Pyrite.Kernels.Products;

namespace Pyrite.Kernels.Convolution;

/// <summary>Applies an epilogue to sums of one channel, pixel by pixel.</summary>
internal static unsafe class ChannelFinish
{
    /// <summary>target[i·step] = epilogue(sums[i]); the epilogue starts at the channel and at the target.</summary>
    public static void Run<T>(int count, T* sums, T* target, nint step, in Epilogue<T> epilogue)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Loop(count, (float*)sums, (float*)target, step, (float*)epilogue.Bias, epilogue.Relu, (float*)epilogue.Mask);
        }
        else
        {
            Loop(count, (double*)sums, (double*)target, step, (double*)epilogue.Bias, epilogue.Relu, (double*)epilogue.Mask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<T>(int count, T* sums, T* target, nint step, T* bias, bool relu, T* mask)
        where T : unmanaged, INumber<T>
    {
        // Adding negative zero changes no value, not even a negative zero.
        T shift = bias == null ? -T.Zero : *bias;
        int i = 0;
        for (; step == 1 && i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            Vector<T> value = Vector.Load(sums + i) + new Vector<T>(shift);
            if (relu)
            {
                value = Vector.ConditionalSelect(Vector.LessThan(value, Vector<T>.Zero), Vector<T>.Zero, value);
            }
            if (mask != null)
            {
                value = Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Load(mask + i), Vector<T>.Zero), Vector<T>.Zero, value);
            }
            value.Store(target + i);
        }
        for (; i < count; i++)
        {
            T value = sums[i] + shift;
            value = relu && value < T.Zero ? T.Zero : value;
            target[i * step] = mask != null && mask[i * step] <= T.Zero ? T.Zero : value;
        }
    }
}
