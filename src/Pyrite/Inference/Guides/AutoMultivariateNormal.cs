using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>A joint guide that is Normal with a full covariance on the unconstrained side.</summary>
/// <remarks>Parameters <c>auto.loc</c>, <c>auto.scale</c> and <c>auto.lower</c>: the Cholesky factor of the covariance is diag(scale) · (I + N), N
/// being strictly lower-triangular with the entries <c>lower</c>, row by row. It holds n (n + 3) / 2 numbers.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public sealed class AutoMultivariateNormal<T> : AutoNormalJointGuide<T>
{
    private readonly double initialScale;
    private readonly (Tensor Mean, Tensor ScaleTril)? given;
    private Tensor? positions;

    /// <summary>Makes the guide; the model runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">Where the mean starts; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    /// <param name="initialScale">The first standard deviation on the unconstrained side.</param>
    public AutoMultivariateNormal(Action<T> model, GuideStart? start = null, double initialScale = 0.1)
        : base(model, start)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialScale);
        this.initialScale = initialScale;
    }

    /// <summary>A guide that starts at a known mean and Cholesky factor, both kept.</summary>
    internal AutoMultivariateNormal(Action<T> model, GuideStart start, Tensor mean, Tensor scaleTril)
        : this(model, start) => given = (mean, scaleTril);

    /// <summary>The Cholesky factor of the covariance on the unconstrained side, [size, size].</summary>
    /// <param name="parameters">The fit; null for the guide's start.</param>
    /// <exception cref="InvalidOperationException">The guide has not run yet.</exception>
    public Tensor FreeScaleTril(ParamStore? parameters) => With(parameters, () => Factor().Keep());

    /// <inheritdoc/>
    protected internal override Distribution Posterior() => new MultivariateNormal(Loc(), scaleTril: Factor(), validate: false);

    /// <inheritdoc/>
    protected internal override (Tensor Vector, Tensor LogChange) FromNoise(Tensor noise)
    {
        Tensor factor = Factor();
        return (Loc() + factor.MatMul(noise.Unsqueeze(-1)).Squeeze(-1), factor.Diagonal().Log().Sum());
    }

    private protected override void Begin(List<GuideSite> sites)
    {
        int size = sites.Sum(site => site.FreeCount), nothing = size * (size - 1) / 2, next = 0;
        long[] places = new long[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                places[(row * size) + column] = column < row ? next++ : column == row ? nothing + 1 : nothing;
            }
        }
        positions = Tensor.From<long>(places, [size, size]).Keep();
    }

    private Tensor Loc() => Param($"{Prefix}.loc", () => given?.Mean ?? StartVector);

    private Tensor Factor()
    {
        Tensor scale = Param($"{Prefix}.scale", StartScale, Constraints.Positive);
        Tensor lower = Param($"{Prefix}.lower", StartLower);
        Tensor entries = Tensor.Concat([lower, Tensor.Zeros([1], lower.DType), Tensor.Ones([1], lower.DType)]);
        return scale.Unsqueeze(-1) * entries.Take(positions!, 0);
    }

    private Tensor StartScale() => given?.ScaleTril.Diagonal() ?? Tensor.Full([Size], initialScale, StartVector.DType);

    private Tensor StartLower()
    {
        int size = Size;
        double[] entries = new double[size * (size - 1) / 2];
        if (given is { } known)
        {
            double[] factor = known.ScaleTril.ToArray<double>();
            for (int row = 1, next = 0; row < size; row++)
            {
                for (int column = 0; column < row; column++)
                {
                    entries[next++] = factor[(row * size) + column] / factor[(row * size) + row];
                }
            }
        }
        return Tensor.From(entries).To(StartVector.DType);
    }
}
