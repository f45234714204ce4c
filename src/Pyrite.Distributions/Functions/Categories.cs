namespace Pyrite.Functions;

/// <summary>Between category numbers and one-hot vectors.</summary>
internal static class Categories
{
    extension(Tensor x)
    {
        /// <summary>A last axis with a single 1 at the number of each element.</summary>
        public Tensor ToOneHot(int count, DType type) => x.Unsqueeze(-1).EqualTo(Tensor.Range(count)).To(type);
    }
}
