
namespace Pyrite.Functions.Preimages;

/// <summary>Images of transforms, far out: their elements round to an end of the support or leave the range of their type, but what they were made of
/// is known exactly.</summary>
/// <remarks>
/// Densities ask here for logarithms of distances to an end, for the argument of a map and for the image in Float64. They are the exact ones where
/// the tensor is an image of a transform that the library knows, and computed from the elements otherwise. What is cut off from the gradient graph
/// remembers nothing.
/// </remarks>
internal static class Images
{
    extension(Tensor y)
    {
        /// <summary>Makes an image remember what it was made of.</summary>
        /// <returns>The image.</returns>
        public Tensor ImageOf(Transform map, Tensor x)
        {
            if (!ReferenceEquals(y, x))
            {
                y.Origin = new Preimage(map, x);
            }
            return y;
        }

        /// <summary>What the tensor was made of; null where it is not known, or where gradients would take a way that the tensor itself does not
        /// have.</summary>
        public Preimage? Preimage
        {
            get
            {
                Preimage? found =
                    y.Origin switch { Preimage known => known, Tensor argument => new Preimage(Transform.Sigmoid, argument), _ => null };
                return found is null || (NoGradient.IsOff && y.RequiresGradient != found.IsTracked) ? null : found;
            }
        }

        /// <summary>The argument of a sigmoid; null where the tensor is none.</summary>
        public Tensor? LogOdds
        {
            get
            {
                if (y.SigmoidArgument is not { } argument || (NoGradient.IsOff && y.RequiresGradient != argument.RequiresGradient))
                {
                    return null;
                }
                y.IsLookedThrough |= y.RequiresGradient;
                return argument;
            }
        }

        /// <summary>What a map of the kind of the given one was applied to; null where the tensor is no image of it.</summary>
        public Tensor? PreimageUnder(Transform map)
        {
            if (y.Preimage is not { } origin || !(ReferenceEquals(origin.Map, map) || (map.HasNoParameters && origin.Map.GetType() == map.GetType())))
            {
                return null;
            }
            y.IsLookedThrough |= y.RequiresGradient;
            return origin.X;
        }

        /// <summary>The numbers whose image this is under maps onto a set, which it therefore belongs to even where it rounds onto an end; null where
        /// that is not known.</summary>
        public Tensor? ArgumentOnto(Constraint set)
        {
            if (y.Preimage is not { } origin)
            {
                return null;
            }
            if (y.ImageOnto(set) is { Domain.IsEverything: true })
            {
                return origin.X;
            }
            return set.Bijection?.ArgumentOf(y);
        }

        /// <summary>The map onto a set whose image this is; it belongs to the set if its argument belongs to the map's domain.</summary>
        public Transform? ImageOnto(Constraint set) =>
            y.Preimage is { Map: { HasNoParameters: true } map } && map.Codomain.Name == set.Name ? map : null;

        /// <summary>log(y - low), where the distance to that end is known exactly; null where it is not.</summary>
        public Tensor? KnownLogAbove(Tensor low) => y.Known(low, true);

        /// <summary>log(high - y), where the distance to that end is known exactly; null where it is not.</summary>
        public Tensor? KnownLogBelow(Tensor high) => y.Known(high, false);

        /// <summary>log y.</summary>
        public Tensor LogOf() => y.KnownLogAbove(0) ?? y.Log();

        /// <summary>log(y - low).</summary>
        public Tensor LogAbove(Tensor low) => y.KnownLogAbove(low) ?? (y - low).Log();

        /// <summary>log(high - y).</summary>
        public Tensor LogBelow(Tensor high) => y.KnownLogBelow(high) ?? (high - y).Log();

        /// <summary>weight · log y, where 0 · log 0 = 0.</summary>
        public Tensor WeighedLog(Tensor weight) => y.KnownLogAbove(0) is { } log ? weight * log : weight.XLogY(y);

        /// <summary>The logarithms of the diagonal of a triangular matrix.</summary>
        public Tensor LogDiagonal()
        {
            if (y.Preimage is not { } origin || origin.Map.LogDiagonal(origin.X) is not { } logs)
            {
                return y.Diagonal().Log();
            }
            y.IsLookedThrough |= y.RequiresGradient;
            return logs;
        }

        private Tensor? Known(Tensor end, bool isLow)
        {
            if (y.Preimage is not { } origin || origin.Map.LogDistance(origin.X, end, isLow) is not { } log)
            {
                return null;
            }
            y.IsLookedThrough |= y.RequiresGradient;
            return log.Shape == y.Shape ? log : log.BroadcastTo(y.Shape);
        }
    }

    /// <summary>Tensors and all that they were made of, since a density may depend on these alone.</summary>
    /// <param name="tensors">At most three.</param>
    /// <param name="room">Holds the result where it is not longer, so that a steady step takes no memory for it.</param>
    public static ReadOnlySpan<Tensor> WithOrigins(scoped ReadOnlySpan<Tensor> tensors, ref OriginRoom room)
    {
        Span<Tensor> all = room;
        tensors.CopyTo(all);
        int count = tensors.Length;
        for (int i = 0; i < count; i++)
        {
            if (all[i].Preimage is not { } origin)
            {
                continue;
            }
            if (count == all.Length)
            {
                Span<Tensor> more = new Tensor[2 * count];
                all.CopyTo(more);
                all = more;
            }
            all[count++] = origin.X;
        }
        return all[..count];
    }

    /// <summary>Whether two ends are the same number by construction; their elements are not read.</summary>
    public static bool AreSame(Tensor a, Tensor b)
    {
        (a, b) = (Narrow(a), Narrow(b));
        return ReferenceEquals(a, b) || (a.IsWeak && b.IsWeak && a.Item().Equals(b.Item()));
    }

    /// <summary>Whether an end is the plain number 0 or 1, at which the images of elementary maps end.</summary>
    public static bool IsNumber(Tensor end, double number) => end.IsWeak && end.Item().Equals(number);

    private static Tensor Narrow(Tensor x) => x.Origin is Widening origin ? origin.Source : x;
}
