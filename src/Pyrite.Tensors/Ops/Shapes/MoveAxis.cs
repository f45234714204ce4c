namespace Pyrite;

/// <content>Axes at other places, and without those of size 1.</content>
public static partial class Repetition
{
    extension(Tensor x)
    {
        /// <summary>One axis moved to another place; the others keep their order.</summary>
        public Tensor MoveAxis(int from, int to)
        {
            int source = x.Shape.Axis(from);
            int target = x.Shape.Axis(to);
            List<int> order = [.. Enumerable.Range(0, x.Rank).Where(axis => axis != source)];
            order.Insert(target, source);
            return x.Permute(order.ToArray());
        }

        /// <summary>The same elements without any axis of size 1.</summary>
        public Tensor Squeeze() => x.Reshape(Shape.Create([.. x.Shape.Where(size => size != 1)]));
    }
}
