using Pyrite.Layers.Attention;

namespace Pyrite;

/// <summary>Self-attention and a feed-forward network, each with a short cut around it and layer normalization.</summary>
/// <remarks>Vaswani et al. (2017), figure 1, left. Normalization stands after each short cut, or with <c>normFirst</c> before each part (Xiong et al.
/// 2020). Parameters are named as PyTorch's: <c>self_attn</c>, <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>.</remarks>
public sealed class TransformerEncoderLayer : Module
{
    private readonly MultiheadAttention attention;
    private readonly Linear first;
    private readonly Linear second;
    private readonly LayerNorm norm1;
    private readonly LayerNorm norm2;
    private readonly Dropout dropout;
    private readonly Dropout dropout1;
    private readonly Dropout dropout2;
    private readonly Func<Tensor, Tensor> activation;
    private readonly bool normFirst;

    /// <summary>A layer of given sizes.</summary>
    /// <param name="size">Features of the sequence.</param>
    /// <param name="heads">Heads of the attention; they divide the size.</param>
    /// <param name="hiddenSize">Features inside the feed-forward network.</param>
    /// <param name="dropout">Chance that an element is dropped in training.</param>
    /// <param name="activation">Inside the feed-forward network; ReLU if not given.</param>
    /// <param name="normFirst">Whether normalization stands before each part.</param>
    /// <param name="batchFirst">Whether sequences are [N, T, C] rather than [T, N, C].</param>
    /// <param name="epsilon">Added to variances.</param>
    public TransformerEncoderLayer(
        int size, int heads, int hiddenSize = 2048, double dropout = 0.1, Func<Tensor, Tensor>? activation = null, bool normFirst = false,
            bool batchFirst = false, double epsilon = 1e-5)
    {
        attention = AddModule("self_attn", new MultiheadAttention(size, heads, dropout, batchFirst: batchFirst));
        first = AddModule("linear1", new Linear(size, hiddenSize));
        second = AddModule("linear2", new Linear(hiddenSize, size));
        norm1 = AddModule("norm1", new LayerNorm([size], epsilon));
        norm2 = AddModule("norm2", new LayerNorm([size], epsilon));
        this.dropout = AddModule("dropout", new Dropout(dropout));
        dropout1 = AddModule("dropout1", new Dropout(dropout));
        dropout2 = AddModule("dropout2", new Dropout(dropout));
        this.activation = activation ?? (static x => x.Relu());
        this.normFirst = normFirst;
    }

    /// <summary>The sequence after attention and feed-forward network; same shape.</summary>
    /// <param name="x">[T, N, size], or batch first.</param>
    /// <param name="mask">Bool [T, T] or [N, T, T]: true = not attended.</param>
    /// <param name="padding">Bool [N, T]: true = this position is not attended.</param>
    /// <param name="causal">Whether a position sees only itself and those before.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Tensor? mask = null, Tensor? padding = null, bool causal = false)
    {
        if (normFirst)
        {
            x += Attend(norm1.Forward(x), mask, padding, causal);
            return x + Feed(norm2.Forward(x));
        }
        x = norm1.Forward(x + Attend(x, mask, padding, causal));
        return norm2.Forward(x + Feed(x));
    }

    private Tensor Attend(Tensor x, Tensor? mask, Tensor? padding, bool causal) =>
        dropout1.Forward(attention.Forward(x, mask, padding, causal).Output);

    private Tensor Feed(Tensor x) => dropout2.Forward(FeedForward.Apply(first, second, dropout, activation, x));
}
