using Pyrite.Checks;
using Pyrite.Kernels;

namespace Pyrite;

/// <summary>The polynomial kernel (Σ x z + offset)^degree: polynomials of that degree.</summary>
/// <remarks>Rasmussen and Williams 2006, section 4.2.2. It grows fast with the places: bring them to a size of about 1.</remarks>
public sealed class PolynomialKernel : Kernel
{
    /// <summary>Makes the kernel.</summary>
    /// <param name="degree">1 or more.</param>
    /// <param name="offset">Not negative: the weight of lower degrees; a scalar or [batch].</param>
    /// <param name="dims">The columns that the kernel looks at; all if not given.</param>
    /// <exception cref="ArgumentException">The offset is negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree is below 1.</exception>
    public PolynomialKernel(int degree, Tensor offset, IReadOnlyList<int>? dims = null)
        : base(dims)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        Degree = degree;
        Offset = ParameterCheck.RequireNonNegative(Name, "offset", offset);
    }

    /// <summary>The degree.</summary>
    public int Degree { get; }

    /// <summary>The weight of lower degrees.</summary>
    public Tensor Offset { get; }

    /// <inheritdoc/>
    protected override Tensor Evaluate(Tensor x, Tensor z)
    {
        Tensor sum = SquaredDistances.Sum(x.Shape[^1], column => x.Select(-1, column) * z.Select(-1, column)) + Spread(Offset);
        Tensor power = sum;
        for (int i = 1; i < Degree; i++)
        {
            power *= sum;
        }
        return power;
    }
}
