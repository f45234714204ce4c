namespace Pyrite;

/// <summary>Modified Bessel functions of the first kind, not scaled; they overflow beyond |x| = 713.</summary>
public static class ModifiedBessel
{
    extension(Tensor x)
    {
        /// <summary>I₀(x).</summary>
        public Tensor BesselI0() => Grown(x.BesselI0Scaled(), x);

        /// <summary>I₁(x).</summary>
        public Tensor BesselI1() => Grown(x.BesselI1Scaled(), x);
    }

    /// <summary>Times e^|x|, in two steps so that only what overflows overflows.</summary>
    private static Tensor Grown(Tensor scaled, Tensor x)
    {
        Tensor half = (0.5 * x.Abs()).Exp();
        return scaled * half * half;
    }
}
