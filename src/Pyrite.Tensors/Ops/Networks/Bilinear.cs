namespace Pyrite;

/// <content>The map of a bilinear layer.</content>
public static partial class NetworkFunctions
{
    extension(Tensor x)
    {
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
    }
}
