namespace Pyrite.Functions;

/// <summary>The logarithm of a probability that may be 0 at the border of a parameter, where the logarithm has no slope, but the probability
/// has.</summary>
/// <param name="Score">The logarithm; where it is minus infinity, without slopes.</param>
/// <param name="Rise">Where the probability is 0, its first-order term: a 0 with a slope; 0 elsewhere.</param>
/// <param name="Distance">Where the probability is 0, the distance of the parameter from its border, a 0 with a slope too; 1 elsewhere.</param>
internal sealed record BorderScore(Tensor Score, Tensor Rise, Tensor Distance)
{
    /// <summary>From the score of a member whose parameter is another one where the value is impossible.</summary>
    public static BorderScore Of(Tensor isImpossible, Tensor score, Tensor rise, Tensor distance) =>
        new(Tensor.Where(isImpossible, double.NegativeInfinity, score), Tensor.Where(isImpossible, rise, 0), Tensor.Where(isImpossible, distance, 1));

    /// <summary>The score by itself, which falls to minus infinity with an infinite slope, where it is asked for.</summary>
    public Tensor Alone(Tensor isAsked) => Score + Tensor.Where(isAsked, Distance, 1).Log();

    /// <summary>log Σ exp(weight + score) over the last axis.</summary>
    /// <remarks>In the sum a probability of 0 counts with its slope; the logarithm of it would have an infinite one, and the weight of 0 make that a
    /// NaN.</remarks>
    public Tensor MixedBy(Tensor weights)
    {
        Tensor none = Score.EqualTo(double.NegativeInfinity);
        Tensor allNone = none.To(Score.DType).Min([-1]).EqualTo(1);
        Tensor shares = weights.Exp();
        Tensor rise = (Rise * shares).Sum(-1);
        Tensor least = (Tensor.Where(none, Distance, 0) * shares).Sum(-1);
        Tensor log = (weights + Tensor.Where(allNone.Unsqueeze(-1), 0, Score)).LogSumExpOverLast();

        // e^700 is a number in Float64; a sum that small beside an impossible component moves in steps anyway.
        Tensor scale = Tensor.Where(log.Detach() > -700, log.Detach(), -700);
        return Tensor.Where(allNone, Tensor.Where(allNone, least, 1).Log(), log + (rise * (-scale).Exp()));
    }
}
