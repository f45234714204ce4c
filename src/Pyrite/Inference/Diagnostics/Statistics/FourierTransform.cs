using System.Runtime.CompilerServices;

namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>The discrete Fourier transform of complex series whose length is a power of two, in place.</summary>
/// <remarks>Radix 2, decimation in time (Cooley and Tukey 1965). Angles come from one table, so errors grow with the logarithm of the length
/// only.</remarks>
internal sealed class FourierTransform
{
    private readonly int length;
    private readonly double[] cosines;
    private readonly double[] sines;

    public FourierTransform(int length)
    {
        if (length < 1 || (length & (length - 1)) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length of a Fourier transform is a power of two here.");
        }
        this.length = length;
        cosines = new double[length / 2];
        sines = new double[length / 2];
        for (int i = 0; i < length / 2; i++)
        {
            (sines[i], cosines[i]) = Math.SinCos(-2 * Math.PI * i / length);
        }
    }

    /// <summary>Replaces a series by Σ x_j exp(-2πi jk / length).</summary>
    /// <param name="real">The real parts.</param>
    /// <param name="imaginary">The imaginary parts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(double[] real, double[] imaginary)
    {
        Reorder(real, imaginary);
        for (int half = 1; half < length; half *= 2)
        {
            int stride = length / (2 * half);
            for (int start = 0; start < length; start += 2 * half)
            {
                for (int i = 0; i < half; i++)
                {
                    double c = cosines[i * stride], s = sines[i * stride];
                    int a = start + i, b = a + half;
                    double re = (real[b] * c) - (imaginary[b] * s), im = (real[b] * s) + (imaginary[b] * c);
                    (real[b], real[a]) = (real[a] - re, real[a] + re);
                    (imaginary[b], imaginary[a]) = (imaginary[a] - im, imaginary[a] + im);
                }
            }
        }
    }

    private void Reorder(double[] real, double[] imaginary)
    {
        for (int i = 1, j = 0; i < length; i++)
        {
            int bit = length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }
            j ^= bit;
            if (i < j)
            {
                (real[i], real[j]) = (real[j], real[i]);
                (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
            }
        }
    }
}
