namespace Pyrite;

/// <summary>Codes, counts and places of integers and sorted numbers.</summary>
public static partial class Counting
{
    extension(Tensor x)
    {
        private void CheckRange(string operation, long limit)
        {
            if (x.DType != DType.Int64)
            {
                throw new ArgumentException($"{operation}: integers are needed; found {x.DType}. Convert with To(DType.Int64).");
            }
            foreach (long value in x.ToArray<long>())
            {
                if (value < 0 || value >= limit)
                {
                    throw new ArgumentException($"{operation}: integers from 0 to {limit - 1} are needed; found {value}.");
                }
            }
        }
    }
}
