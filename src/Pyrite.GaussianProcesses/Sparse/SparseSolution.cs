using Pyrite.Processes;

namespace Pyrite.Sparse;

/// <summary>A regression on whitened inducing values v = L⁻¹ u: given the data they are N(LB⁻ᵀ c, (LB LBᵀ)⁻¹).</summary>
/// <param name="LogDensity">Of the observations.</param>
/// <param name="Kernel">The prior's.</param>
/// <param name="Mean">The prior's.</param>
/// <param name="Inducing">The inducing points.</param>
/// <param name="Inner">LB.</param>
/// <param name="Solved">c.</param>
internal sealed record SparseSolution(Tensor LogDensity, Kernel Kernel, MeanFunction Mean, InducingPoints Inducing, Tensor Inner, Tensor Solved)
{
    /// <summary>The mean of v.</summary>
    public Tensor WhitenedMean => Inner.SolveLower(Solved, transposed: true);

    /// <summary>The process at other places.</summary>
    public GaussianProcess Condition(Tensor xNew, Tensor? noiseVariance, double jitter)
    {
        ConditionedKernel kernel = new(Kernel, Inducing.Rows, Inducing.Whiten, whitened => Inner.SolveTriangular(whitened));
        Tensor known = WhitenedMean;
        return new GaussianProcess(kernel, xNew, noiseVariance,
            MeanFunction.Of(places => Mean.At(places) + kernel.Explained(places, known)), jitter);
    }
}
