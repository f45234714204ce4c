using Pyrite.Layers.Attention;

namespace Pyrite;

/// <summary>Self-attention, attention to an encoded sequence, and a feed-forward network, each with a short cut and layer normalization.</summary>
/// <remarks>Vaswani et al. (2017), figure 1, right. Parameters are named as PyTorch's: <c>self_attn</c>, <c>multihead_attn</c>, <c>linear1</c>,
/// <c>linear2</c>, <c>norm1</c> to <c>norm3</c>.</remarks>
public sealed class TransformerDecoderLayer : Module
{
    private readonly MultiheadAttention selfAttention;
    private readonly MultiheadAttention crossAttention;
    private readonly Linear first;
    private readonly Linear second;
    private readonly LayerNorm[] norms;
    private readonly Dropout[] dropouts;
    private readonly Func<Tensor, Tensor> activation;
    private readonly bool normFirst;

    /// <summary>A layer of given sizes.</summary>
    /// <inheritdoc cref="TransformerEncoderLayer(int, int, int, double, Func{Tensor, Tensor}?, bool, bool, double)"/>
    public TransformerDecoderLayer(
        int size, int heads, int hiddenSize = 2048, double dropout = 0.1, Func<Tensor, Tensor>? activation = null, bool normFirst = false,
            bool batchFirst = false, double epsilon = 1e-5)
    {
        selfAttention = AddModule("self_attn", new MultiheadAttention(size, heads, dropout, batchFirst: batchFirst));
        crossAttention = AddModule("multihead_attn", new MultiheadAttention(size, heads, dropout, batchFirst: batchFirst));
        first = AddModule("linear1", new Linear(size, hiddenSize));
        second = AddModule("linear2", new Linear(hiddenSize, size));
        norms = [.. Enumerable.Range(1, 3).Select(i => AddModule($"norm{i}", new LayerNorm([size], epsilon)))];
        dropouts = [.. Enumerable.Range(0, 4).Select(i => AddModule(i == 0 ? "dropout" : $"dropout{i}", new Dropout(dropout)))];
        this.activation = activation ?? (static x => x.Relu());
        this.normFirst = normFirst;
    }

    /// <summary>The sequence after its three parts; same shape.</summary>
    /// <param name="x">[T, N, size], or batch first.</param>
    /// <param name="memory">The encoded sequence, [S, N, size], or batch first.</param>
    /// <param name="mask">Bool [T, T] or [N, T, T] for the self-attention: true = not attended.</param>
    /// <param name="memoryMask">Bool [T, S] or [N, T, S] for the encoded sequence: true = not attended.</param>
    /// <param name="padding">Bool [N, T]: true = this position of x is not attended.</param>
    /// <param name="memoryPadding">Bool [N, S]: true = this position of the memory is not attended.</param>
    /// <param name="causal">Whether a position of x sees only itself and those before.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public Tensor Forward(
        Tensor x, Tensor memory, Tensor? mask = null, Tensor? memoryMask = null, Tensor? padding = null, Tensor? memoryPadding = null,
            bool causal = false)
    {
        Func<Tensor, Tensor>[] parts =
        [
            part => selfAttention.Forward(part, mask, padding, causal).Output,
            part => crossAttention.Forward(part, memory, memory, memoryMask, memoryPadding).Output,
            part => FeedForward.Apply(first, second, dropouts[0], activation, part),
        ];
        for (int i = 0; i < parts.Length; i++)
        {
            x = normFirst
                ? x + dropouts[i + 1].Forward(parts[i](norms[i].Forward(x)))
                : norms[i].Forward(x + dropouts[i + 1].Forward(parts[i](x)));
        }
        return x;
    }
}
