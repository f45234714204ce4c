namespace Pyrite.Kernels;

/// <summary>The logarithm of the spectral density of Matérn kernels.</summary>
internal static class MaternSpectrum
{
    /// <summary>Of 2^D π^(D/2) Γ(ν + D/2) (2ν)^ν / Γ(ν) · Π lengthscale · (2ν + Σ (lengthscale ω)²)^-(ν + D/2) (Rasmussen and Williams 2006, equation
    /// 4.15).</summary>
    /// <param name="smoothness">ν.</param>
    /// <param name="square">Σ (lengthscale ω)².</param>
    /// <param name="logVolume">log Π lengthscale.</param>
    /// <param name="columns">D.</param>
    public static Tensor Of(double smoothness, Tensor square, Tensor logVolume, int columns)
    {
        double power = smoothness + (0.5 * columns);
        double logConstant = (columns * Math.Log(2)) + (0.5 * columns * Math.Log(Math.PI)) + SpecialFunctions.LogGamma(power)
            + (smoothness * Math.Log(2 * smoothness)) - SpecialFunctions.LogGamma(smoothness);
        return logConstant + logVolume - (power * ((2 * smoothness) + square).Log());
    }
}
