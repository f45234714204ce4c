namespace Pyrite;

/// <summary>Transformer encoder layers one after the other.</summary>
/// <remarks>Parameters are named as PyTorch's: <c>layers.0.self_attn.in_proj_weight</c>, …, <c>norm.weight</c>. Unlike PyTorch's copies of one layer,
/// each layer draws weights of its own.</remarks>
public sealed class TransformerEncoder : Module
{
    private readonly TransformerEncoderLayer[] layers;
    private readonly LayerNorm? norm;

    /// <summary>An encoder of so many layers.</summary>
    /// <param name="count">Number of layers.</param>
    /// <param name="makeLayer">Makes one of them.</param>
    /// <param name="norm">A normalization after the last one, or null.</param>
    public TransformerEncoder(int count, Func<TransformerEncoderLayer> makeLayer, LayerNorm? norm = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        layers = [.. Enumerable.Range(0, count).Select(i => AddModule($"layers.{i}", makeLayer()))];
        this.norm = norm is null ? null : AddModule("norm", norm);
    }

    /// <inheritdoc cref="TransformerEncoderLayer.Forward"/>
    public Tensor Forward(Tensor x, Tensor? mask = null, Tensor? padding = null, bool causal = false)
    {
        foreach (TransformerEncoderLayer layer in layers)
        {
            x = layer.Forward(x, mask, padding, causal);
        }
        return norm is null ? x : norm.Forward(x);
    }
}
