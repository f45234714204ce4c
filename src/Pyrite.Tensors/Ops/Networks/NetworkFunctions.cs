namespace Pyrite;

/// <summary>Gated units, attention and other functions that networks are made of.</summary>
public static class NetworkFunctions
{
    extension(Tensor x)
    {
        /// <summary>The first half of an axis times the sigmoid of the second (Dauphin et al. 2017).</summary>
        public Tensor GatedLinearUnit(int axis = -1)
        {
            Tensor[] halves = x.Split([x.Shape[axis] / 2, x.Shape[axis] - (x.Shape[axis] / 2)], axis);
            return halves[0] * halves[1].Sigmoid();
        }

        /// <summary>x where it is positive, else slope · x, with one learned slope a channel (axis 1), or one for all.</summary>
        public Tensor PRelu(Tensor slope)
        {
            int[] sizes = [.. Enumerable.Repeat(1, Math.Max(2, x.Rank))];
            sizes[1] = slope.Count;
            return Tensor.Where(x > 0, x, (slope.Count == 1 ? slope.Reshape(Shape.Scalar) : slope.Reshape(sizes[..Math.Max(2, x.Rank)])) * x);
        }

        /// <summary>x · mask / (1 - probability): dropout with a given mask of zeros and ones.</summary>
        public Tensor Dropout(Tensor mask, double probability) => x * (mask.To(x.DType) / (1 - probability));

        /// <summary>x₁ᵀ W x₂ + bias for each output.</summary>
        /// <param name="other">[.., in2]; x is [.., in1].</param>
        /// <param name="weight">[out, in1, in2].</param>
        /// <param name="bias">[out], or null.</param>
        public Tensor Bilinear(Tensor other, Tensor weight, Tensor? bias = null)
        {
            Tensor left = x.Unsqueeze(-2).Unsqueeze(-2).MatMul(weight).Squeeze(-2);
            Tensor y = (left * other.Unsqueeze(-2)).Sum(-1);
            return bias is null ? y : y + bias;
        }

        /// <summary>Attention of queries (x) to keys and values: softmax(q kᵀ / √d + mask) v (Vaswani et al. 2017).</summary>
        /// <param name="key">[.., keys, d]; x is [.., queries, d].</param>
        /// <param name="value">[.., keys, width].</param>
        /// <param name="mask">Added to the scores (real), or where attention is allowed (Bool); broadcasts to [.., queries, keys].</param>
        /// <param name="isCausal">Whether query i sees keys 0 … i only.</param>
        public Tensor Attention(Tensor key, Tensor value, Tensor? mask = null, bool isCausal = false)
        {
            Tensor scores = x.MatMul(key.Transpose()) / Math.Sqrt(x.Shape[^1]);
            if (isCausal)
            {
                Tensor allowed = Tensor.Range(scores.Shape[^2]).Unsqueeze(1) >= Tensor.Range(scores.Shape[^1]);
                scores = Tensor.Where(allowed, scores, double.NegativeInfinity);
            }
            if (mask is not null)
            {
                scores = mask.DType == DType.Bool ? Tensor.Where(mask, scores, double.NegativeInfinity) : scores + mask;
            }
            return scores.Softmax().MatMul(value);
        }
    }
}
