namespace Pyrite.Extensions.Inference;

/// <summary>The Metropolis-adjusted Langevin algorithm: a step along the gradient, noise, and acceptance as a whole.</summary>
/// <remarks>Roberts and Tweedie (1996). Warm-up finds the step at which 57 % are accepted (Roberts and Rosenthal, 1998).</remarks>
internal sealed class Mala(double firstStep = 0.5) : Sampler
{
    private const double Target = 0.574;
    private const string LogStep = "log_step";

    public override ChainState Start(Potential potential, ReadOnlySpan<double> position, int warmup, RandomKey key)
    {
        ChainState state = ChainState.At(potential, position, warmup, key);
        state.Learnt.Set(LogStep, Math.Log(firstStep));
        return state;
    }

    public override ChainState Step(Potential potential, ChainState state)
    {
        Room room = state.Workspace as Room ?? new Room(state.Position.Length);
        state.Workspace = room;
        double[] logStep = state.Learnt.Take(LogStep, 1);
        double step = Math.Exp(logStep[0]), drift = 0.5 * step * step;
        RandomKey key = state.NextKey;
        key.Child("noise").FillNormal(room.Noise);
        double forth = 0, back = 0;
        for (int i = 0; i < room.Noise.Length; i++)
        {
            room.Proposal[i] = state.Position[i] + (drift * state.Gradient[i]) + (step * room.Noise[i]);
            forth += room.Noise[i] * room.Noise[i];
        }
        double logDensity = potential.LogDensity(room.Proposal, room.Gradient);
        for (int i = 0; i < room.Noise.Length; i++)
        {
            double noise = (state.Position[i] - room.Proposal[i] - (drift * room.Gradient[i])) / step;
            back += noise * noise;
        }
        double probability = double.IsFinite(logDensity) ? Math.Min(1, Math.Exp(logDensity - state.LogDensity + (0.5 * (forth - back)))) : 0;
        if (state.IsWarmup)
        {
            logStep[0] += Math.Pow(state.Transitions + 1, -0.6) * (probability - Target);
        }
        bool isAccepted = key.Child("acceptance").UniformNumber() < probability;
        Transition transition = new(isAccepted ? logDensity : state.LogDensity, probability, step, 0, 1, false, -logDensity);
        return isAccepted ? state.Move(room.Proposal, room.Gradient, transition) : state.Stay(transition);
    }

    public override string ToString() => FormattableString.Invariant($"MALA from {firstStep}");

    protected override void Check(Potential potential, ChainState state) => state.Learnt.Take(LogStep, 1);

    private sealed class Room(int size)
    {
        public double[] Noise { get; } = new double[size];

        public double[] Proposal { get; } = new double[size];

        public double[] Gradient { get; } = new double[size];
    }
}
