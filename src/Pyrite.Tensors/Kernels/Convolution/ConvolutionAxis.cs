namespace Pyrite.Kernels.Convolution;

/// <summary>One axis of a convolution seen from its result: which source positions, times which taps, make up a result position.</summary>
/// <remarks>
/// Result position Start(phase) + t·ResultStep is the sum over the phase's taps i of source position t·SourceStep + Offset(phase, i).
/// A convolution has one phase. Its input gradient has as many as the stride: positions of different remainders use different taps.
/// Taps come in the order of rising offsets. Phases may be empty of taps or of positions.
/// </remarks>
internal readonly record struct ConvolutionAxis(int Source, int Result, int Kernel, int Stride, int Padding, int Dilation, bool IsGradient)
{
    public int Phases => IsGradient ? Stride : 1;

    public int SourceStep => IsGradient ? 1 : Stride;

    public int ResultStep => IsGradient ? Stride : 1;

    /// <summary>Result positions of the fullest phase.</summary>
    public int Positions => (Result + ResultStep - 1) / ResultStep;

    /// <summary>The lowest offset of any tap.</summary>
    public int Lowest => Extreme(lowest: true);

    /// <summary>The highest offset of any tap.</summary>
    public int Highest => Extreme(lowest: false);

    /// <summary>The height axis of the convolution, or of its input gradient.</summary>
    public static ConvolutionAxis Height(in ConvolutionShape s, bool gradient) => gradient
        ? new(s.OutHeight, s.InHeight, s.KernelHeight, s.StrideHeight, s.PaddingHeight, s.DilationHeight, true)
        : new(s.InHeight, s.OutHeight, s.KernelHeight, s.StrideHeight, s.PaddingHeight, s.DilationHeight, false);

    /// <summary>The width axis of the convolution, or of its input gradient.</summary>
    public static ConvolutionAxis Width(in ConvolutionShape s, bool gradient) => gradient
        ? new(s.OutWidth, s.InWidth, s.KernelWidth, s.StrideWidth, s.PaddingWidth, s.DilationWidth, true)
        : new(s.InWidth, s.OutWidth, s.KernelWidth, s.StrideWidth, s.PaddingWidth, s.DilationWidth, false);

    public int Start(int phase) => IsGradient ? Remainder(phase - Padding, Stride) : 0;

    /// <summary>Result positions of a phase.</summary>
    public int Count(int phase) => Math.Max((Result - Start(phase) + ResultStep - 1) / ResultStep, 0);

    public int Taps(int phase)
    {
        if (!IsGradient)
        {
            return Kernel;
        }
        int taps = 0;
        for (int k = 0; k < Kernel; k++)
        {
            taps += k * Dilation % Stride == phase ? 1 : 0;
        }
        return taps;
    }

    /// <summary>Kernel position of the phase's tap number <paramref name="index"/>.</summary>
    public int Tap(int phase, int index)
    {
        if (!IsGradient)
        {
            return index;
        }
        for (int k = Kernel - 1; ; k--)
        {
            if (k * Dilation % Stride == phase && index-- == 0)
            {
                return k;
            }
        }
    }

    public int Offset(int phase, int index) => IsGradient
        ? (Start(phase) + Padding - (Tap(phase, index) * Dilation)) / Stride
        : (index * Dilation) - Padding;

    /// <summary>Whether the taps of every phase follow each other without gaps.</summary>
    public bool TapsAreAdjacent()
    {
        for (int phase = 0; phase < Phases; phase++)
        {
            int taps = Taps(phase);
            for (int i = 1; i < taps; i++)
            {
                if (Offset(phase, i) != Offset(phase, i - 1) + 1)
                {
                    return false;
                }
            }
        }
        return true;
    }

    private int Extreme(bool lowest)
    {
        int extreme = lowest ? int.MaxValue : int.MinValue;
        for (int phase = 0; phase < Phases; phase++)
        {
            int taps = Taps(phase);
            if (taps > 0)
            {
                extreme = lowest ? Math.Min(extreme, Offset(phase, 0)) : Math.Max(extreme, Offset(phase, taps - 1));
            }
        }
        return extreme;
    }

    private static int Remainder(int value, int divisor) => ((value % divisor) + divisor) % divisor;
}
