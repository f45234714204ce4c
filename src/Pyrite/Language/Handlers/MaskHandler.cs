namespace Pyrite;

/// <summary>Leaves parts of log-densities out: they count as 0 where the mask is false.</summary>
/// <remarks>
/// A masked entry is no entry: values, gradients and checks are those of a model without it, whatever stands in its data, its covariates and its
/// parameters (NaN, infinities, impossible scales, values outside of the support). What is wrong in an entry that counts is refused as without a
/// mask.
/// </remarks>
/// <param name="mask">Bool, broadcast against the batch shapes of the sites inside.</param>
public sealed class MaskHandler(Tensor mask) : Handler
{
    private readonly Tensor mask = mask.DType == DType.Bool
        ? mask
        : throw new ArgumentException($"A mask must be Bool; found {mask.DType}. Compare first, for example x > 0.", nameof(mask));

    /// <summary>Leaves everything in or out.</summary>
    public MaskHandler(bool mask)
        : this(Tensor.Full(Shape.Scalar, mask ? 1 : 0, DType.Bool))
    {
    }

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site) => site.Mask = site.Mask is null ? mask : site.Mask & mask;
}
