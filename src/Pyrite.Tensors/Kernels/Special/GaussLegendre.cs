namespace Pyrite.Kernels.Special;

/// <summary>Integrals of smooth functions by Gauss and Legendre's rule of 20 points.</summary>
internal static class GaussLegendre
{
    private const int Points = 20;

    private static readonly (double Node, double Weight)[] Rule = MakeRule();

    /// <summary>The integral from low to high, in equal panels.</summary>
    public static double Integrate(double low, double high, int panels, Func<double, double> function)
    {
        double half = 0.5 * (high - low) / panels;
        double sum = 0;
        for (int panel = 0; panel < panels; panel++)
        {
            double middle = low + (((2 * panel) + 1) * half);
            foreach ((double node, double weight) in Rule)
            {
                sum += weight * function(middle + (half * node));
            }
        }
        return sum * half;
    }

    /// <summary>The zeros of the Legendre polynomial by Newton's method (Abramowitz and Stegun 25.4.29).</summary>
    private static (double Node, double Weight)[] MakeRule()
    {
        (double, double)[] rule = new (double, double)[Points];
        for (int i = 0; i < Points; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (Points + 0.5));
            double slope = 0;
            for (int step = 0; step < 50; step++)
            {
                double current = 1;
                double previous = 0;
                for (int k = 1; k <= Points; k++)
                {
                    (current, previous) = (((((2 * k) - 1) * x * current) - ((k - 1) * previous)) / k, current);
                }
                slope = Points * ((x * current) - previous) / ((x * x) - 1);
                double change = current / slope;
                x -= change;
                if (Math.Abs(change) < 1e-16)
                {
                    break;
                }
            }
            rule[i] = (x, 2 / ((1 - (x * x)) * slope * slope));
        }
        return rule;
    }
}
