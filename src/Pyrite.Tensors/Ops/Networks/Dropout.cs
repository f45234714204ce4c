namespace Pyrite;

/// <content>Entries left out.</content>
public static partial class NetworkFunctions
{
    extension(Tensor x)
    {
        /// <summary>x · mask / (1 - probability): dropout with a given mask of zeros and ones.</summary>
        public Tensor Dropout(Tensor mask, double probability) => x * (mask.To(x.DType) / (1 - probability));
    }
}
