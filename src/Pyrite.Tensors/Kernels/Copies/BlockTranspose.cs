using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Kernels.Copies;

/// <summary>Transposes a matrix block by block, in registers where the machine has the shuffles for it.</summary>
internal static unsafe class BlockTranspose
{
    private const int Strip = 64;

    /// <summary>target[j·targetStride + i] = source[i·sourceStride + j] for i below rows, j below columns; strides count elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(nint rows, nint columns, T* source, nint sourceStride, T* target, nint targetStride)
        where T : unmanaged
    {
        int block = !Avx.IsSupported ? 0 : sizeof(T) == sizeof(float) ? 8 : sizeof(T) == sizeof(double) ? 4 : 0;
        nint blockRows = block == 0 ? 0 : rows - (rows % block);
        nint blockColumns = block == 0 ? 0 : columns - (columns % block);

        // Strips of columns keep the lines being written in the cache until they are full.
        for (nint strip = 0; strip < blockColumns; strip += Strip)
        {
            nint stripEnd = Math.Min(strip + Strip, blockColumns);
            for (nint i = 0; i < blockRows; i += block)
            {
                for (nint j = strip; j < stripEnd; j += block)
                {
                    T* from = source + (i * sourceStride) + j;
                    T* to = target + (j * targetStride) + i;
                    if (sizeof(T) == sizeof(float))
                    {
                        Eight((float*)from, sourceStride, (float*)to, targetStride);
                    }
                    else
                    {
                        Four((double*)from, sourceStride, (double*)to, targetStride);
                    }
                }
            }
        }
        Plain(blockRows, columns - blockColumns, source + blockColumns, sourceStride, target + (blockColumns * targetStride), targetStride);
        Plain(rows - blockRows, columns, source + (blockRows * sourceStride), sourceStride, target + blockRows, targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Plain<T>(nint rows, nint columns, T* source, nint sourceStride, T* target, nint targetStride)
        where T : unmanaged
    {
        for (nint strip = 0; strip < columns; strip += 16)
        {
            nint end = Math.Min(strip + 16, columns);
            for (nint i = 0; i < rows; i++)
            {
                for (nint j = strip; j < end; j++)
                {
                    target[(j * targetStride) + i] = source[(i * sourceStride) + j];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* source, nint stride, float* target, nint targetStride)
    {
        Vector256<float> r0 = Vector256.Load(source);
        Vector256<float> r1 = Vector256.Load(source + stride);
        Vector256<float> r2 = Vector256.Load(source + (2 * stride));
        Vector256<float> r3 = Vector256.Load(source + (3 * stride));
        source += 4 * stride;
        Vector256<float> r4 = Vector256.Load(source);
        Vector256<float> r5 = Vector256.Load(source + stride);
        Vector256<float> r6 = Vector256.Load(source + (2 * stride));
        Vector256<float> r7 = Vector256.Load(source + (3 * stride));

        // Named one by one: a tuple of vectors would travel through memory.
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble();
        Vector256<double> low45 = Avx.UnpackLow(r4, r5).AsDouble();
        Vector256<double> low67 = Avx.UnpackLow(r6, r7).AsDouble();
        Vector256<float> a0 = Avx.UnpackLow(low01, low23).AsSingle();
        Vector256<float> a1 = Avx.UnpackHigh(low01, low23).AsSingle();
        Vector256<float> b0 = Avx.UnpackLow(low45, low67).AsSingle();
        Vector256<float> b1 = Avx.UnpackHigh(low45, low67).AsSingle();
        Avx.Permute2x128(a0, b0, 0x20).Store(target);
        Avx.Permute2x128(a1, b1, 0x20).Store(target + targetStride);
        Avx.Permute2x128(a0, b0, 0x31).Store(target + (4 * targetStride));
        Avx.Permute2x128(a1, b1, 0x31).Store(target + (5 * targetStride));

        Vector256<double> high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        Vector256<double> high45 = Avx.UnpackHigh(r4, r5).AsDouble();
        Vector256<double> high67 = Avx.UnpackHigh(r6, r7).AsDouble();
        Vector256<float> a2 = Avx.UnpackLow(high01, high23).AsSingle();
        Vector256<float> a3 = Avx.UnpackHigh(high01, high23).AsSingle();
        Vector256<float> b2 = Avx.UnpackLow(high45, high67).AsSingle();
        Vector256<float> b3 = Avx.UnpackHigh(high45, high67).AsSingle();
        Avx.Permute2x128(a2, b2, 0x20).Store(target + (2 * targetStride));
        Avx.Permute2x128(a3, b3, 0x20).Store(target + (3 * targetStride));
        Avx.Permute2x128(a2, b2, 0x31).Store(target + (6 * targetStride));
        Avx.Permute2x128(a3, b3, 0x31).Store(target + (7 * targetStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(double* source, nint stride, double* target, nint targetStride)
    {
        Vector256<double> r0 = Vector256.Load(source);
        Vector256<double> r1 = Vector256.Load(source + stride);
        Vector256<double> r2 = Vector256.Load(source + (2 * stride));
        Vector256<double> r3 = Vector256.Load(source + (3 * stride));
        Vector256<double> low01 = Avx.UnpackLow(r0, r1);
        Vector256<double> high01 = Avx.UnpackHigh(r0, r1);
        Vector256<double> low23 = Avx.UnpackLow(r2, r3);
        Vector256<double> high23 = Avx.UnpackHigh(r2, r3);
        Avx.Permute2x128(low01, low23, 0x20).Store(target);
        Avx.Permute2x128(high01, high23, 0x20).Store(target + targetStride);
        Avx.Permute2x128(low01, low23, 0x31).Store(target + (2 * targetStride));
        Avx.Permute2x128(high01, high23, 0x31).Store(target + (3 * targetStride));
    }
}
