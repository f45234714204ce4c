namespace Pyrite.Functions.Sampling;

/// <summary>Draws of directions.</summary>
internal static class AngleDraws
{
    /// <summary>Von Mises angles around 0, by Best and Fisher's method (1979).</summary>
    public static Tensor VonMises(RandomKey key, Tensor concentration, Shape shape, DType type) =>
        key.Draw<VonMisesRule>(concentration, 0, shape, type);

    private readonly struct VonMisesRule : IDrawRule
    {
        private const double NormalFrom = 1e8;

        public static string Name => "von mises draw";

        public static double Draw(ref UniformStream uniforms, double first, double second)
        {
            double concentration = first;
            if (!(concentration > 0))
            {
                // Without concentration any angle; of no concentration, which may stand in a row that a mask leaves out, none.
                return concentration == 0 ? Math.PI * ((2 * uniforms.Next()) - 1) : double.NaN;
            }
            if (concentration > NormalFrom)
            {
                return Math.Sqrt(-2 * Math.Log(uniforms.Next()) / concentration) * Math.Cos(2 * Math.PI * uniforms.Next());
            }
            double tau = 1 + Math.Sqrt(1 + (4 * concentration * concentration));
            double rho = (tau - Math.Sqrt(2 * tau)) / (2 * concentration);
            double s = concentration < 1e-4 ? (1 / concentration) + concentration : (1 + (rho * rho)) / (2 * rho);
            while (true)
            {
                double z = Math.Cos(Math.PI * uniforms.Next());
                double f = (1 + (s * z)) / (s + z);
                double c = concentration * (s - f);
                double u = uniforms.Next();
                if (c * (2 - c) > u || Math.Log(c / u) + 1 - c >= 0)
                {
                    double angle = Math.Acos(Math.Clamp(f, -1, 1));
                    return uniforms.Next() < 0.5 ? -angle : angle;
                }
            }
        }
    }
}
