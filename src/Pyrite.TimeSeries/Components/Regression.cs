using Pyrite.Components;

namespace Pyrite;

/// <summary>Covariates with coefficients that are states: constant, or moving by random steps.</summary>
/// <param name="design">The covariates, [rows, k], a row for each step; rows behind the last step are for forecasts.</param>
/// <param name="scale">The standard deviations of the coefficients' steps, [..] or [.., k]; constant coefficients if not given.</param>
/// <param name="start">The first coefficients, k states; diffuse if not given.</param>
public sealed class Regression(Tensor design, Tensor? scale = null, InitialState? start = null) : StateSpaceComponent
{
    /// <inheritdoc/>
    public override int StateCount { get; } = Columns(design);

    internal override ComponentParts Parts { get; } = ComponentParts.Of(Tensor.Identity(Columns(design), DType.Float64),
        Noise(Columns(design), scale),
        design, start, nameof(Regression));

    private static int Columns(Tensor design)
    {
        ArgumentNullException.ThrowIfNull(design);
        return design.Rank == 2 && design.Shape[1] > 0 ? design.Shape[1] : throw new ArgumentException(
            $"Regression: the design has shape {design.Shape}; it is a matrix [rows, k], a row for each step and a column for each covariate.",
            nameof(design));
    }

    private static Tensor Noise(int columns, Tensor? scale)
    {
        if (scale is null)
        {
            return ComponentParts.Zeros(columns, columns);
        }
        Tensor variance = ComponentParts.Squared(scale, nameof(Regression), nameof(scale));
        bool isVector = variance.Rank > 0 && variance.Shape[^1] == columns && columns > 1;
        return (isVector ? variance : variance.Unsqueeze(-1) * Tensor.Ones([columns], DType.Float64)).DiagonalEmbed();
    }
}
