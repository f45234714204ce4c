using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Products;

/// <summary>Applies accumulation and epilogue to sums that were computed elsewhere.</summary>
internal static unsafe class ResultFinish
{
    /// <summary>target[i, j] = epilogue(sums[i, j] (+ target[i, j])); the epilogue's mask lies as the target.</summary>
    public static void Run<T>(
        nint rows, nint columns, T* sums, nint sumsRow, nint sumsColumn, T* target, nint targetRow, nint targetColumn, bool accumulate,
            in Epilogue<T> epilogue)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Loop(
                rows, columns, (float*)sums, sumsRow, sumsColumn, (float*)target, targetRow, targetColumn, accumulate,
                new Epilogue<float>((float*)epilogue.Bias, epilogue.Relu, (float*)epilogue.Mask));
        }
        else
        {
            Loop(
                rows, columns, (double*)sums, sumsRow, sumsColumn, (double*)target, targetRow, targetColumn, accumulate,
                new Epilogue<double>((double*)epilogue.Bias, epilogue.Relu, (double*)epilogue.Mask));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<T>(
        nint rows, nint columns, T* sums, nint sumsRow, nint sumsColumn, T* target, nint targetRow, nint targetColumn, bool accumulate,
            Epilogue<T> epilogue)
        where T : unmanaged, INumber<T>
    {
        for (nint i = 0; i < rows; i++)
        {
            for (nint j = 0; j < columns; j++)
            {
                nint at = (i * targetRow) + (j * targetColumn);
                T value = sums[(i * sumsRow) + (j * sumsColumn)];
                value = accumulate ? target[at] + value : value;
                value = epilogue.Bias == null ? value : value + epilogue.Bias[j];
                value = epilogue.Relu && value < T.Zero ? T.Zero : value;
                target[at] = epilogue.Mask != null && epilogue.Mask[at] <= T.Zero ? T.Zero : value;
            }
        }
    }
}
