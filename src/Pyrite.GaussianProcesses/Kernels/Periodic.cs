using Pyrite.Checks;
using Pyrite.Kernels;

namespace Pyrite;

/// <summary>The periodic kernel exp(-2 Σ sin²(π (x - z) / period) / lengthscale²) over the columns: curves that repeat.</summary>
/// <remarks>MacKay, "Introduction to Gaussian processes", 1998; Rasmussen and Williams 2006, equation 4.31. Times an <see cref="Rbf"/> the pattern
/// may
/// change slowly.</remarks>
public sealed class Periodic : Kernel
{
    /// <summary>Makes the kernel.</summary>
    /// <param name="lengthscale">How smooth the pattern is, in units of half a period over π; positive: a scalar for all columns, or [..,
    /// columns].</param>
    /// <param name="period">After which distance curves repeat; positive: a scalar for all columns, or [.., columns].</param>
    /// <param name="dims">The columns that the kernel looks at; all if not given.</param>
    /// <exception cref="ArgumentException">A parameter is not positive.</exception>
    public Periodic(Tensor lengthscale, Tensor period, IReadOnlyList<int>? dims = null)
        : base(dims)
    {
        Lengthscale = ParameterCheck.RequirePositive(Name, "lengthscale", lengthscale);
        Period = ParameterCheck.RequirePositive(Name, "period", period);
    }

    /// <summary>How smooth the pattern is.</summary>
    public Tensor Lengthscale { get; }

    /// <summary>After which distance curves repeat.</summary>
    public Tensor Period { get; }

    /// <inheritdoc/>
    protected override Tensor Evaluate(Tensor x, Tensor z)
    {
        int columns = x.Shape[^1];
        SquaredDistances.RequireColumns(Name, Lengthscale, columns);
        SquaredDistances.RequireColumns(Name, Period, columns, "period");
        Tensor Sine(int column) => (Math.PI * SquaredDistances.Difference(x, z, column) / SquaredDistances.Of(Period, column)).Sin().Square();
        return Lengthscale.Rank == 0
            ? (-2 * SquaredDistances.Sum(columns, Sine) / Lengthscale.Square()).Exp()
            : (-2 * SquaredDistances.Sum(columns, column => Sine(column) / SquaredDistances.Of(Lengthscale, column).Square())).Exp();
    }
}
