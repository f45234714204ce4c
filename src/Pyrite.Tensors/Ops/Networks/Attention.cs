namespace Pyrite;

/// <content>Attention of queries to keys and values.</content>
public static partial class NetworkFunctions
{
    extension(Tensor x)
    {
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
