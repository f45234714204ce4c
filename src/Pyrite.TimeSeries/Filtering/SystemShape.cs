namespace Pyrite.Filtering;

/// <summary>The sizes of a linear Gaussian system, and where its parts lie in one vector of numbers.</summary>
/// <param name="Steps">Observations in time.</param>
/// <param name="States">Length of the state.</param>
/// <param name="Outputs">Length of an observation.</param>
/// <param name="Transitions">Matrices T: 1 for all steps, or one for each.</param>
/// <param name="TransitionNoises">Matrices Q.</param>
/// <param name="Observations">Matrices Z.</param>
/// <param name="ObservationNoises">Matrices H.</param>
/// <param name="StateShifts">Vectors c.</param>
/// <param name="OutputShifts">Vectors d.</param>
/// <param name="StartsBefore">Whether the first state comes one step before the first observation.</param>
/// <param name="Diffuse">A character '1' for each state whose variance at the start is infinite, '0' for the others.</param>
/// <param name="CountsTwoPi">Whether an observation that a diffuse state takes up counts -½ log 2π.</param>
internal readonly record struct SystemShape(int Steps, int States, int Outputs, int Transitions, int TransitionNoises, int Observations,
    int ObservationNoises, int StateShifts, int OutputShifts, bool StartsBefore, string Diffuse, bool CountsTwoPi)
{
    public int Squares => States * States;

    public int TransitionNoiseStart => Transitions * Squares;

    public int ObservationStart => TransitionNoiseStart + (TransitionNoises * Squares);

    public int ObservationNoiseStart => ObservationStart + (Observations * Outputs * States);

    public int StateShiftStart => ObservationNoiseStart + (ObservationNoises * Outputs * Outputs);

    public int OutputShiftStart => StateShiftStart + (StateShifts * States);

    public int MeanStart => OutputShiftStart + (OutputShifts * Outputs);

    public int CovarianceStart => MeanStart + States;

    /// <summary>Where the observations begin; whether each is there follows behind them.</summary>
    public int DataStart => CovarianceStart + Squares;

    public int PresenceStart => DataStart + (Steps * Outputs);

    /// <summary>The length of a vector with the data.</summary>
    public int Length => PresenceStart + (Steps * Outputs);

    /// <summary>The matrix T that leads to a step.</summary>
    public int TransitionTo(int step) => Row(Transitions, ToRow(step)) * Squares;

    public int TransitionNoiseTo(int step) => TransitionNoiseStart + (Row(TransitionNoises, ToRow(step)) * Squares);

    public int StateShiftTo(int step) => StateShiftStart + (Row(StateShifts, ToRow(step)) * States);

    public int ObservationOf(int step) => ObservationStart + (Row(Observations, step) * Outputs * States);

    public int ObservationNoiseOf(int step) => ObservationNoiseStart + (Row(ObservationNoises, step) * Outputs * Outputs);

    public int OutputShiftOf(int step) => OutputShiftStart + (Row(OutputShifts, step) * Outputs);

    public bool IsDiffuse => Diffuse.Contains('1', StringComparison.Ordinal);

    private int ToRow(int step) => StartsBefore ? step : step - 1;

    private static int Row(int count, int row) => count == 1 ? 0 : row;
}
