using Pyrite.Checks;
using Pyrite.Kernels;

namespace Pyrite;

/// <summary>The linear kernel Σ (x - centre) (z - centre) over the columns: straight lines and planes through the centre.</summary>
/// <remarks>Bayesian linear regression with slopes of variance 1; times a variance, of that. Add a <see cref="ConstantKernel"/> for the height at the
/// centre.</remarks>
public sealed class LinearKernel : Kernel
{
    /// <summary>Makes the kernel.</summary>
    /// <param name="centre">Where all lines meet: a scalar for all columns, or [.., columns]; 0 if not given.</param>
    /// <param name="dims">The columns that the kernel looks at; all if not given.</param>
    /// <exception cref="ArgumentException">The centre is not finite.</exception>
    public LinearKernel(Tensor? centre = null, IReadOnlyList<int>? dims = null)
        : base(dims) => Centre = ParameterCheck.RequireFinite(Name, "centre", centre ?? 0);

    /// <summary>Where all lines meet.</summary>
    public Tensor Centre { get; }

    /// <inheritdoc/>
    protected override Tensor Evaluate(Tensor x, Tensor z)
    {
        int columns = x.Shape[^1];
        SquaredDistances.RequireColumns(Name, Centre, columns, "centre");
        return SquaredDistances.Sum(columns, column =>
        {
            Tensor centre = SquaredDistances.Of(Centre, column);
            return (x.Select(-1, column) - centre) * (z.Select(-1, column) - centre);
        });
    }
}
