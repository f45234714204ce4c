using Pyrite.Testing;


namespace Pyrite.Neural.Tests.Layers;

public sealed class AttentionTests
{
    private static readonly Tensor Sequence = RandomKey.FromSeed(1).Normal([5, 2, 8], DType.Float64).Keep();

    [Fact]
    public void A_causal_mask_is_the_mask_of_later_positions()
    {
        MultiheadAttention attention = new MultiheadAttention(8, 2).To(DType.Float64);
        Tensor later = Tensor.Range(5) > Tensor.Range(5).Unsqueeze(-1);
        (Tensor output, Tensor weights) = attention.Forward(Sequence, causal: true);
        (Tensor masked, _) = attention.Forward(Sequence, mask: later);
        Assert.Equal(masked.ToArray<double>(), output.ToArray<double>());
        Assert.Equal(0, weights.ToArray<double>()[1]);
        Assert.All(weights.Sum(-1).ToArray<double>(), sum => Assert.Equal(1, sum, 1e-12));
    }

    [Fact]
    public void Masks_combine()
    {
        MultiheadAttention attention = new MultiheadAttention(8, 2).To(DType.Float64);
        Tensor mask = Tensor.Zeros([2, 5, 5], DType.Bool);
        Tensor padding = Tensor.From(new[,] { { false, false, false, false, true }, { false, false, false, true, true } });
        Tensor weights = attention.Forward(Sequence, mask, padding, causal: true).Weights;
        double[] last = weights.Select(0, 1).Select(0, 4).ToArray<double>();
        Assert.Equal([0, 0], last[3..]);
        Assert.Equal(1, last[..3].Sum(), 1e-12);
    }

    [Fact]
    public void Scores_of_any_size_do_not_overflow()
    {
        MultiheadAttention attention = new MultiheadAttention(8, 2).To(DType.Float64);
        double[] output = attention.Forward(Sequence * 1e4).Output.ToArray<double>();
        Assert.All(output, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Batch_first_only_changes_the_order_of_axes()
    {
        MultiheadAttention first = new MultiheadAttention(8, 2).To(DType.Float64);
        MultiheadAttention second = new MultiheadAttention(8, 2, batchFirst: true).To(DType.Float64);
        second.LoadState(first.State());
        Tensor expected = first.Forward(Sequence).Output;
        Close.Assert(second.Forward(Sequence.Transpose(0, 1)).Output.Transpose(0, 1).ToArray<double>(), expected.ToArray<double>(), 1e-13, 1e-13,
            "output");
    }

    [Fact]
    public void An_encoder_names_its_layers_as_PyTorch()
    {
        TransformerEncoder encoder = new(2, () => new TransformerEncoderLayer(8, 2, 16, dropout: 0), new LayerNorm([8]));
        Assert.Contains("layers.1.self_attn.in_proj_weight", encoder.NamedParameters.Keys);
        Assert.Contains("norm.weight", encoder.NamedParameters.Keys);
        Assert.Equal((2 * 12) + 2, encoder.Parameters.Count);
        Assert.Equal([5, 2, 8], encoder.Forward(Sequence.To(DType.Float32)).Shape.Sizes.ToArray());
    }

    [Fact]
    public void Refuses_shapes_and_masks_that_do_not_fit()
    {
        MultiheadAttention attention = new(8, 2);
        Tensor x = Tensor.Ones(5, 2, 8);
        Assert.Contains("[T, N, 8]", Assert.Throws<ArgumentException>(() => attention.Forward(Tensor.Ones(5, 2, 7))).Message,
            StringComparison.Ordinal);
        Assert.Contains("[5, 5] or [2, 5, 5]",
            Assert.Throws<ArgumentException>(() => attention.Forward(x, mask: Tensor.Zeros([4, 5], DType.Bool))).Message, StringComparison.Ordinal);
        Assert.Contains("Bool", Assert.Throws<ArgumentException>(() => attention.Forward(x, mask: Tensor.Zeros(5, 5))).Message,
            StringComparison.Ordinal);
        Assert.Contains("[2, 5]", Assert.Throws<ArgumentException>(() => attention.Forward(x, padding: Tensor.Zeros([5, 2], DType.Bool))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("heads", () => new MultiheadAttention(8, 3));
    }
}
