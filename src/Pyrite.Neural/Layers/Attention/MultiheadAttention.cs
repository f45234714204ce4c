using Pyrite.Layers.Attention;

namespace Pyrite;

/// <summary>Scaled dot-product attention in several heads side by side.</summary>
/// <remarks>Vaswani et al., "Attention is all you need" (2017), section 3.2. Parameters are PyTorch's: <c>in_proj_weight</c> stacks the rows for
/// queries, keys and values (<c>q_proj_weight</c>, … where keys or values have sizes of their own). Projections start with Glorot's uniform start,
/// biases at 0.</remarks>
public sealed class MultiheadAttention : Module
{
    private readonly int size;
    private readonly int heads;
    private readonly bool batchFirst;
    private readonly Parameter? stackedWeight;
    private readonly Parameter?[] separateWeights = new Parameter?[3];
    private readonly Parameter? inputBias;
    private readonly Linear output;
    private readonly Dropout dropout;
    private readonly int[] sizes;

    /// <summary>A layer with so many heads.</summary>
    /// <param name="size">Features of queries and of the output; the heads divide it.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="dropout">Chance that an attention weight is dropped in training.</param>
    /// <param name="bias">Whether projections have biases.</param>
    /// <param name="keySize">Features of keys; as queries if not given.</param>
    /// <param name="valueSize">Features of values; as queries if not given.</param>
    /// <param name="batchFirst">Whether sequences are [N, T, C] rather than [T, N, C].</param>
    /// <exception cref="ArgumentException">The heads do not divide the size.</exception>
    public MultiheadAttention(int size, int heads, double dropout = 0, bool bias = true, int? keySize = null, int? valueSize = null,
        bool batchFirst = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        if (size % heads != 0)
        {
            throw new ArgumentException($"{size} features do not fall into {heads} equal heads. Choose a divisor.", nameof(heads));
        }
        this.size = size;
        this.heads = heads;
        this.batchFirst = batchFirst;
        sizes = [size, keySize ?? size, valueSize ?? size];
        Initializer start = Initializer.XavierUniform();
        if (sizes[1] == size && sizes[2] == size)
        {
            stackedWeight = AddParameter("in_proj_weight", [3 * size, size], start);
        }
        else
        {
            string[] names = ["q_proj_weight", "k_proj_weight", "v_proj_weight"];
            for (int i = 0; i < names.Length; i++)
            {
                separateWeights[i] = AddParameter(names[i], [size, sizes[i]], start);
            }
        }
        inputBias = bias ? AddParameter("in_proj_bias", [3 * size], Initializer.Zeros) : null;
        output = AddModule("out_proj", new Linear(size, size, bias, biasStart: Initializer.Zeros));
        this.dropout = AddModule("dropout", new Dropout(dropout));
    }

    /// <summary>Attention of a sequence to itself.</summary>
    /// <inheritdoc cref="Forward(Tensor, Tensor, Tensor, Tensor?, Tensor?, bool)"/>
    public (Tensor Output, Tensor Weights) Forward(Tensor x, Tensor? mask = null, Tensor? padding = null, bool causal = false) =>
        Forward(x, x, x, mask, padding, causal);

    /// <summary>For each query the mean of the values, weighted by how well their keys fit.</summary>
    /// <param name="query">[T, N, size], or batch first.</param>
    /// <param name="key">[S, N, key size], or batch first.</param>
    /// <param name="value">[S, N, value size], or batch first.</param>
    /// <param name="mask">Bool [T, S] or [N, T, S]: true = not attended.</param>
    /// <param name="padding">Bool [N, S]: true = this key is not attended by any query.</param>
    /// <param name="causal">Whether a query sees only keys at its own position and before.</param>
    /// <returns>The output, shaped as the query, and the weights [N, T, S], averaged over the heads.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or a mask is not Bool.</exception>
    public (Tensor Output, Tensor Weights) Forward(Tensor query, Tensor key, Tensor value, Tensor? mask = null, Tensor? padding = null,
        bool causal = false)
    {
        CheckInputs(query, key, value);
        Tensor queries = Heads(Project(query, 0));
        Tensor keys = Heads(Project(key, 1));
        Tensor values = Heads(Project(value, 2));
        Tensor scores = (queries * (1 / Math.Sqrt(size / heads))).MatMul(keys.Transpose());              // [N, heads, T, S]
        if (AttentionMask.Combine(this, scores.Shape, mask, padding, causal) is { } hidden)
        {
            scores = Tensor.Where(hidden, double.NegativeInfinity, scores);
        }
        Tensor weights = dropout.Forward(scores.Softmax(-1));
        Tensor joined = weights.MatMul(values).Permute(0, 2, 1, 3).Flatten(2);                            // [N, T, size]
        Tensor result = output.Forward(joined);
        return (batchFirst ? result : result.Transpose(0, 1), weights.Mean(1));
    }

    /// <summary>Queries (0), keys (1) or values (2), batch first.</summary>
    private Tensor Project(Tensor x, int which)
    {
        Tensor rows = batchFirst ? x : x.Transpose(0, 1);
        Tensor weight = separateWeights[which] ?? stackedWeight!.Value.Slice(0, which * size, size);
        return rows.Linear(weight, inputBias?.Value.Slice(0, which * size, size));
    }

    /// <summary>[N, T, size] to [N, heads, T, size / heads].</summary>
    private Tensor Heads(Tensor x) => x.Reshape(x.Shape[0], x.Shape[1], heads, size / heads).Permute(0, 2, 1, 3);

    private void CheckInputs(Tensor query, Tensor key, Tensor value)
    {
        int batch = batchFirst ? 0 : 1;
        bool fits = query.Rank == 3 && key.Rank == 3 && value.Rank == 3
            && query.Shape[2] == sizes[0] && key.Shape[2] == sizes[1] && value.Shape[2] == sizes[2]
            && key.Shape[..2] == value.Shape[..2] && query.Shape[batch] == key.Shape[batch];
        if (!fits)
        {
            string order = batchFirst ? "[N, T," : "[T, N,";
            throw new ArgumentException(
                $"{Label} takes queries {order} {sizes[0]}], keys {order} {sizes[1]}] and values {order} {sizes[2]}], of one batch size, keys and "
                    + $"values equally long; found {query.Shape}, {key.Shape} and {value.Shape}.");
        }
    }
}
