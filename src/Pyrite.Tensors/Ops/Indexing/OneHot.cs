namespace Pyrite;

/// <content>Codes of classes.</content>
public static partial class Counting
{
    extension(Tensor x)
    {
        /// <summary>A new last axis with 1 at the class that each integer names and 0 elsewhere (Int64).</summary>
        /// <exception cref="ArgumentException">An integer is outside 0 … classes - 1.</exception>
        public Tensor OneHot(int classes)
        {
            x.CheckRange("one hot", classes);
            return x.Unsqueeze(-1).EqualTo(Tensor.Range(classes)).To(DType.Int64);
        }
    }
}
