// One mistake of each kind that the analyzers of the package know; each line names its rule.
using Pyrite;
using static Pyrite.Primitives;

_ = new Svi<Tensor>(Example.Model, Example.Guide, new Adam(0.01), new TraceElbo());

static class Example
{
    private static Tensor last = 0;

    public static void Model(Tensor y)
    {
        Tensor level = Sample("level", new Normal(0, 1)), variance = Param("variance", 1.0, Constraints.Positive);
        Tensor slope = Sample("slope", new Normal(level, variance)); // PYR008
        Sample("slope", new Normal(0, 1), observed: y); // PYR001
        Sample("forgotten", new Normal(level, 1)); // PYR003
        double sign = level.Item() > 0 ? 1 : -1; // PYR004
        Plate("rows", y.Shape[0]); // PYR005
        last = slope * sign; // PYR007
    }

    public static void Guide(Tensor y) => Sample("levle", new Normal(Param("loc", 0.0), 1)); // PYR002

    public static async void Late(Tensor y) // PYR006
    {
        await Task.Yield();
        Sample("level", new Normal(0, 1), observed: last);
    }
}
