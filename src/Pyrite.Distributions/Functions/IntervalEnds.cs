namespace Pyrite.Functions;

/// <summary>Ends of intervals, of which some may be infinite.</summary>
internal static class IntervalEnds
{
    extension(Tensor end)
    {
        /// <summary>(end - loc) / scale; an infinite end stays what it is and has no slopes.</summary>
        public Tensor Standardized(Tensor loc, Tensor scale)
        {
            if (end.IsWeak)
            {
                return double.IsInfinity(end.Item()) ? end : (end - loc) / scale;
            }
            Tensor isFinite = end.Detach().IsFinite();
            return Tensor.Where(isFinite, (Tensor.Where(isFinite, end, 0) - loc) / scale, end);
        }
    }
}
