using Pyrite.Inference.Approximations;

namespace Pyrite;

/// <summary>A posterior as the Normal distribution at its mode.</summary>
public sealed class LaplaceResult
{
    private readonly Potential potential;
    private readonly double[] mode;
    private readonly double[] factor;

    internal LaplaceResult(Potential potential, ModeSearch search, int startsAtMode, int starts)
    {
        this.potential = potential;
        (mode, factor) = (search.Mode, search.Factor!);
        int size = mode.Length;
        (LogDensityAtMode, Iterations, StartsAtMode, Starts) = (search.LogDensity, search.Path.Steps, startsAtMode, starts);
        Mode = potential.Constrain(mode);
        UnconstrainedMode = Tensor.From(mode, [size]);
        NegativeHessian = Tensor.From(search.Curvature, [size, size]);
        double logDeterminant = 2 * Enumerable.Range(0, size).Sum(i => Math.Log(factor[(i * size) + i]));
        LogEvidence = LogDensityAtMode + (0.5 * size * Math.Log(2 * Math.PI)) - (0.5 * logDeterminant);
    }

    /// <summary>The values of all quantities at the mode of the unconstrained numbers.</summary>
    public IReadOnlyDictionary<string, Tensor> Mode { get; }

    /// <summary>The mode as unconstrained numbers, [dimension], in the order of <see cref="Potential.Sites"/>.</summary>
    public Tensor UnconstrainedMode { get; }

    /// <summary>The log-density of the unconstrained numbers at the mode, volume changes and all constants included.</summary>
    public double LogDensityAtMode { get; }

    /// <summary>The negative Hessian of the log-density at the mode, [dimension, dimension], unconstrained.</summary>
    public Tensor NegativeHessian { get; }

    /// <summary>The covariance of the approximation, [dimension, dimension], unconstrained: the inverse of <see cref="NegativeHessian"/>.</summary>
    public Tensor Covariance
    {
        get
        {
            int size = mode.Length;
            double[] covariance = new double[size * size];
            for (int i = 0; i < size; i++)
            {
                double[] unit = new double[size];
                unit[i] = 1;
                ModeSearch.Solve(factor, unit).CopyTo(covariance, i * size);
            }
            return Tensor.From(covariance, [size, size]);
        }
    }

    /// <summary>Laplace's estimate of the logarithm of the evidence: log p(mode) + d/2 log 2π - log|negative Hessian| / 2.</summary>
    public double LogEvidence { get; }

    /// <summary>The steps of L-BFGS to the mode.</summary>
    public int Iterations { get; }

    /// <summary>From how many places the mode was searched.</summary>
    public int Starts { get; }

    /// <summary>How many of the searches ended at this mode; the others ended lower, or at no maximum.</summary>
    public int StartsAtMode { get; }

    /// <summary>Makes independent draws of the approximation, [draws, …].</summary>
    /// <param name="draws">How many.</param>
    /// <param name="seed">Decides them.</param>
    public Draws Draws(int draws = 1_000, ulong seed = 0) => PointDraws.Of(potential, [.. Points(draws, seed).Select(one => one.Point)], chains: 0);

    /// <summary>How well the approximation fits: the weights of draws by the model, with Pareto k.</summary>
    /// <param name="draws">How many draws are weighed, at least 21.</param>
    /// <param name="seed">Decides them.</param>
    public ParetoSmoothing Weigh(int draws = 1_000, ulong seed = 0)
    {
        double[] ratios = [.. Points(draws, seed).Select(one => potential.LogDensity(one.Point) - one.LogDensity)];
        return ParetoSmoothing.Of(Array.ConvertAll(ratios, ratio => double.IsNaN(ratio) ? double.NegativeInfinity : ratio));
    }

    private IEnumerable<(double[] Point, double LogDensity)> Points(int draws, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        RandomKey key = RandomKey.FromSeed(seed).Child("laplace draws");
        double constant = LogDensityAtMode - LogEvidence;
        for (int draw = 0; draw < draws; draw++)
        {
            double[] point = new double[mode.Length];
            key.Child(draw).FillNormal(point);
            double squares = AscentPath.Dot(point, point);
            ModeSearch.SolveTransposed(factor, point);
            for (int i = 0; i < point.Length; i++)
            {
                point[i] += mode[i];
            }
            yield return (point, constant - (0.5 * squares));
        }
    }
}
