using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Rules of an optimizer's constants.</summary>
internal static class OptimizerRules
{
    public static void Check(OptimizerSettings settings, string field, List<SpecViolation> violations)
    {
        var rules = new ConstantRules(field, violations);
        switch (settings)
        {
            case OptimizerSettings.Sgd sgd:
                rules.NotNegative("weightDecay", sgd.WeightDecay, "1e-4");
                break;
            case OptimizerSettings.HeavyBall heavyBall:
                Momentum(heavyBall.Momentum, rules);
                rules.ShareBelowOne("dampening", heavyBall.Dampening);
                rules.NotNegative("weightDecay", heavyBall.WeightDecay, "1e-4");
                break;
            case OptimizerSettings.Nesterov nesterov:
                Momentum(nesterov.Momentum, rules);
                rules.NotNegative("weightDecay", nesterov.WeightDecay, "1e-4");
                break;
            case OptimizerSettings.AdaGrad adaGrad:
                rules.NotNegative("epsilon", adaGrad.Epsilon, "1e-10");
                rules.NotNegative("lrDecay", adaGrad.LrDecay, "1e-4");
                rules.NotNegative("initialAccumulator", adaGrad.InitialAccumulator, "0.1");
                rules.NotNegative("weightDecay", adaGrad.WeightDecay, "1e-4");
                break;
            case OptimizerSettings.RmsProp rmsProp:
                rules.ShareBelowOne("alpha", rmsProp.Alpha);
                rules.NotNegative("epsilon", rmsProp.Epsilon, "1e-8");
                rules.ShareBelowOne("momentum", rmsProp.Momentum);
                rules.NotNegative("weightDecay", rmsProp.WeightDecay, "1e-4");
                break;
            case OptimizerSettings.Adam adam:
                Averages(adam.Beta1, adam.Beta2, adam.Epsilon, rules);
                rules.NotNegative("weightDecay", adam.WeightDecay, "1e-4");
                break;
            case OptimizerSettings.AdamW adam:
                Averages(adam.Beta1, adam.Beta2, adam.Epsilon, rules);
                rules.NotNegative("weightDecay", adam.WeightDecay, "0.01");
                break;
        }
    }

    private static void Momentum(double value, ConstantRules rules) =>
        rules.Require("momentum", value, value is > 0 and < 1, "use a number above 0 and below 1, such as 0.9, or kind: sgd for none");

    private static void Averages(double beta1, double beta2, double epsilon, ConstantRules rules)
    {
        rules.ShareBelowOne("beta1", beta1);
        rules.ShareBelowOne("beta2", beta2);
        rules.NotNegative("epsilon", epsilon, "1e-8");
    }
}
