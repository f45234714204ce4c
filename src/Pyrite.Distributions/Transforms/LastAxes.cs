
namespace Pyrite.Transforms;

/// <summary>Sums over the axes of a value.</summary>
internal static class LastAxes
{
    extension(Tensor x)
    {
        /// <summary>The sum over the last axes.</summary>
        public Tensor SumOverLast(int axes)
        {
            if (axes == 0)
            {
                return x;
            }
            Span<int> last = stackalloc int[axes];
            for (int i = 0; i < axes; i++)
            {
                last[i] = x.Rank - axes + i;
            }
            return x.Sum(last);
        }
    }
}
